package io.millrace.api.stream;

import io.millrace.api.collect.CollectedResults;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.JobExecutor;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.OperatorSpec.SourceSpec;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.option.Config;
import io.millrace.api.option.ConfigOption;
import io.millrace.api.option.Configuration;
import io.millrace.api.option.Option;
import io.millrace.api.option.PipelineOptions;
import io.millrace.api.option.ReadableConfig;
import io.millrace.api.source.Boundedness;
import io.millrace.api.source.CollectionSource;
import io.millrace.api.source.FromSplittableIteratorFunction;
import io.millrace.api.source.FunctionSource;
import io.millrace.api.source.IteratorSource;
import io.millrace.api.source.NumberSequenceSource;
import io.millrace.api.source.ParallelSourceFunction;
import io.millrace.api.source.SocketTextStreamFunction;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceFunction;
import io.millrace.api.source.SplittableIterator;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/**
 * Where a program begins and where it is executed: sources, options, and the graph that grows with
 * each transformation. Not thread-safe; used by the thread that runs {@code main()}.
 */
public class StreamExecutionEnvironment implements AutoCloseable {
    public static final String DEFAULT_JOB_NAME = "Millrace Job";

    /** Null if there is no engine: the graph can be built, but not executed. */
    private final JobExecutor executor;

    /** Everything that is set; the execution configuration is a view of it. */
    private final Configuration configuration;

    private final ExecutionConfig config;
    private final List<Draft> drafts = new ArrayList<>();
    // Those that wait for the program to be executed.
    private final List<CollectedResults<?>> collected = new ArrayList<>();
    private int lastId;

    /** Runs on the engine of the process; see {@link #getExecutionEnvironment()}. */
    public StreamExecutionEnvironment() {
        this(new Configuration());
    }

    public StreamExecutionEnvironment(Configuration configuration) {
        this(Executors.current(), configuration);
    }

    StreamExecutionEnvironment(JobExecutor executor, Configuration given) {
        this.executor = executor;
        this.configuration =
                executor == null ? new Configuration() : Configuration.of(executor.defaults());
        this.configuration.addAll(given);
        this.config = new ExecutionConfig(configuration);
    }

    /**
     * On the cluster that the program was submitted to; in this process if it was started plainly.
     */
    public static StreamExecutionEnvironment getExecutionEnvironment() {
        return getExecutionEnvironment(new Configuration());
    }

    public static StreamExecutionEnvironment getExecutionEnvironment(Configuration configuration) {
        return new StreamExecutionEnvironment(configuration);
    }

    /** In this process, wherever the program was submitted to. */
    public static LocalStreamEnvironment createLocalEnvironment() {
        return new LocalStreamEnvironment();
    }

    public static LocalStreamEnvironment createLocalEnvironment(int parallelism) {
        return createLocalEnvironment(parallelism, new Configuration());
    }

    public static LocalStreamEnvironment createLocalEnvironment(
            int parallelism, Configuration configuration) {
        LocalStreamEnvironment environment = new LocalStreamEnvironment(configuration);
        environment.setParallelism(parallelism);
        return environment;
    }

    public static LocalStreamEnvironment createLocalEnvironment(Configuration configuration) {
        return new LocalStreamEnvironment(configuration);
    }

    /** Processors of this machine. */
    public static int getDefaultLocalParallelism() {
        return Runtime.getRuntime().availableProcessors();
    }

    /**
     * Makes programs of this process run on {@code executor}. Called by whoever starts a user's
     * {@code main()}, before it; not by programs.
     */
    public static void runWith(JobExecutor executor) {
        Executors.install(Objects.requireNonNull(executor));
    }

    /** Takes back {@link #runWith}. */
    public static void clear() {
        Executors.clear();
    }

    JobExecutor executor() {
        if (executor == null) {
            throw Executors.missing();
        }
        return executor;
    }

    public ExecutionConfig getConfig() {
        return config;
    }

    /** Everything that is set, also what the command line gave. */
    public ReadableConfig getConfiguration() {
        return configuration;
    }

    /** Takes over every value that {@code configuration} sets. */
    public void configure(ReadableConfig configuration) {
        configure(configuration, getUserClassLoader());
    }

    /** Takes over every value that {@code configuration} sets. */
    public void configure(ReadableConfig configuration, ClassLoader classLoader) {
        if (configuration instanceof Configuration all) {
            this.configuration.addAll(all);
            return;
        }
        config.configure(configuration, classLoader);
        take(configuration, PipelineOptions.NAME);
        take(configuration, PipelineOptions.RUNTIME_MODE);
        take(configuration, PipelineOptions.OPERATOR_CHAINING);
    }

    private <T> void take(ReadableConfig from, Option<T> option) {
        from.getOptional(ConfigOption.of(option))
                .ifPresent(value -> configuration.set(option, value));
    }

    public StreamExecutionEnvironment setParallelism(int parallelism) {
        config.setParallelism(parallelism);
        return this;
    }

    /** Of operators that set none of their own. */
    public int getParallelism() {
        int set = config.getParallelism();
        return set > 0 ? set : getDefaultLocalParallelism();
    }

    public StreamExecutionEnvironment setMaxParallelism(int maxParallelism) {
        config.setMaxParallelism(maxParallelism);
        return this;
    }

    /** -1 if it is not set. */
    public int getMaxParallelism() {
        return config.getMaxParallelism();
    }

    public StreamExecutionEnvironment setRuntimeMode(RuntimeExecutionMode executionMode) {
        configuration.set(PipelineOptions.RUNTIME_MODE, executionMode);
        return this;
    }

    /** Every operator runs in a task of its own. */
    public StreamExecutionEnvironment disableOperatorChaining() {
        configuration.set(PipelineOptions.OPERATOR_CHAINING, false);
        return this;
    }

    public boolean isChainingEnabled() {
        return configuration.toConfig().get(PipelineOptions.OPERATOR_CHAINING);
    }

    /** The loader that sees the classes of the program. */
    ClassLoader getUserClassLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context != null ? context : getClass().getClassLoader();
    }

    /** A bounded source of these values; one subtask unless it is set. */
    @SafeVarargs
    public final <OUT> DataStreamSource<OUT> fromData(OUT... data) {
        return fromData(Arrays.asList(data));
    }

    @SafeVarargs
    public final <OUT> DataStreamSource<OUT> fromData(TypeInformation<OUT> typeInfo, OUT... data) {
        return fromData(Arrays.asList(data), typeInfo);
    }

    /**
     * @param type a superclass of all values
     */
    @SafeVarargs
    public final <OUT> DataStreamSource<OUT> fromData(Class<OUT> type, OUT... data) {
        return fromData(Arrays.asList(data), TypeInformation.of(type));
    }

    /** The type is that of the values; if they differ, it is found record by record. */
    public <OUT> DataStreamSource<OUT> fromData(Collection<OUT> data) {
        requireValues(data);
        return fromData(data, TypeExtractor.getForObjects(data));
    }

    public <OUT> DataStreamSource<OUT> fromData(
            Collection<OUT> data, TypeInformation<OUT> typeInfo) {
        requireValues(data);
        CollectionSource<OUT> source = new CollectionSource<>(new ArrayList<>(data), typeInfo);
        return addSource("Collection Source", source, WatermarkStrategy.noWatermarks(), typeInfo)
                .setParallelism(1);
    }

    private static void requireValues(Collection<?> data) {
        for (Object value : data) {
            if (value == null) {
                throw new IllegalArgumentException("The values of a source must not be null.");
            }
        }
    }

    /**
     * @deprecated use {@link #fromData(Object[])}
     */
    @Deprecated
    @SafeVarargs
    public final <OUT> DataStreamSource<OUT> fromElements(OUT... data) {
        if (data.length == 0) {
            throw new IllegalArgumentException("fromElements needs at least one element.");
        }
        return fromData(data);
    }

    /**
     * @deprecated use {@link #fromData(Class, Object[])}
     */
    @Deprecated
    @SafeVarargs
    public final <OUT> DataStreamSource<OUT> fromElements(Class<OUT> type, OUT... data) {
        if (data.length == 0) {
            throw new IllegalArgumentException("fromElements needs at least one element.");
        }
        return fromData(type, data);
    }

    public <OUT> DataStreamSource<OUT> fromCollection(Collection<OUT> data) {
        if (data.isEmpty()) {
            throw new IllegalArgumentException(
                    "An empty collection has no type. Give it with fromCollection(data, type).");
        }
        return fromData(data);
    }

    public <OUT> DataStreamSource<OUT> fromCollection(
            Collection<OUT> data, TypeInformation<OUT> typeInfo) {
        return fromData(data, typeInfo);
    }

    /**
     * @param data must be serializable
     */
    public <OUT> DataStreamSource<OUT> fromCollection(Iterator<OUT> data, Class<OUT> type) {
        return fromCollection(data, TypeInformation.of(type));
    }

    /**
     * @param data must be serializable
     */
    public <OUT> DataStreamSource<OUT> fromCollection(
            Iterator<OUT> data, TypeInformation<OUT> typeInfo) {
        return addSource(
                        "Collection Source",
                        new IteratorSource<>(data, typeInfo),
                        WatermarkStrategy.noWatermarks(),
                        typeInfo)
                .setParallelism(1);
    }

    /** The numbers from {@code from} to {@code to}, both included, in no order between subtasks. */
    public DataStreamSource<Long> fromSequence(long from, long to) {
        return fromSource(
                new NumberSequenceSource(from, to),
                WatermarkStrategy.noWatermarks(),
                "Sequence Source");
    }

    /**
     * @deprecated use {@link #fromSequence}
     */
    @Deprecated
    public DataStreamSource<Long> generateSequence(long from, long to) {
        return fromSequence(from, to);
    }

    public <OUT> DataStreamSource<OUT> fromSource(
            Source<OUT, ?, ?> source,
            WatermarkStrategy<OUT> timestampsAndWatermarks,
            String sourceName) {
        return fromSource(
                source,
                timestampsAndWatermarks,
                sourceName,
                TypeExtractor.resultOf(source, Source.class, 0, -1, null));
    }

    /**
     * @param typeInfo null if it is to be found from the records
     */
    public <OUT> DataStreamSource<OUT> fromSource(
            Source<OUT, ?, ?> source,
            WatermarkStrategy<OUT> timestampsAndWatermarks,
            String sourceName,
            TypeInformation<OUT> typeInfo) {
        return addSource(sourceName, source, timestampsAndWatermarks, typeInfo);
    }

    /**
     * @deprecated use {@link #fromSource}
     */
    @Deprecated
    public <OUT> DataStreamSource<OUT> addSource(SourceFunction<OUT> function) {
        return addSource(function, "Custom Source");
    }

    /**
     * @deprecated use {@link #fromSource}
     */
    @Deprecated
    public <OUT> DataStreamSource<OUT> addSource(SourceFunction<OUT> function, String sourceName) {
        return addSource(
                function,
                sourceName,
                TypeExtractor.resultOf(function, SourceFunction.class, 0, -1, null));
    }

    /**
     * @deprecated use {@link #fromSource}
     */
    @Deprecated
    public <OUT> DataStreamSource<OUT> addSource(
            SourceFunction<OUT> function, TypeInformation<OUT> typeInfo) {
        return addSource(function, "Custom Source", typeInfo);
    }

    /**
     * A source function's records. It has one subtask, unless it is a {@link
     * ParallelSourceFunction}; the job never ends before it does.
     *
     * @param typeInfo null if it is to be found from the records
     * @deprecated use {@link #fromSource}
     */
    @Deprecated
    public <OUT> DataStreamSource<OUT> addSource(
            SourceFunction<OUT> function, String sourceName, TypeInformation<OUT> typeInfo) {
        return addSource(function, sourceName, typeInfo, Boundedness.CONTINUOUS_UNBOUNDED);
    }

    @SuppressWarnings("deprecation")
    private <OUT> DataStreamSource<OUT> addSource(
            SourceFunction<OUT> function,
            String sourceName,
            TypeInformation<OUT> typeInfo,
            Boundedness boundedness) {
        boolean parallel = function instanceof ParallelSourceFunction<?>;
        Draft draft =
                addDraft(
                        sourceName,
                        new SourceSpec(
                                new FunctionSource<>(function, typeInfo, boundedness),
                                WatermarkStrategy.noWatermarks()),
                        typeInfo,
                        List.of());
        DataStreamSource<OUT> source = new DataStreamSource<>(this, draft, parallel);
        return parallel ? source : source.setParallelism(1);
    }

    /** Each part that the iterator is cut into is read by one subtask. */
    public <OUT> DataStreamSource<OUT> fromParallelCollection(
            SplittableIterator<OUT> iterator, Class<OUT> type) {
        return fromParallelCollection(iterator, TypeInformation.of(type));
    }

    /**
     * Each part that the iterator is cut into is read by one subtask.
     *
     * @param iterator must be serializable
     */
    @SuppressWarnings("deprecation")
    public <OUT> DataStreamSource<OUT> fromParallelCollection(
            SplittableIterator<OUT> iterator, TypeInformation<OUT> typeInfo) {
        return addSource(
                new FromSplittableIteratorFunction<>(iterator),
                "Parallel Collection Source",
                typeInfo,
                Boundedness.BOUNDED);
    }

    /** Lines of text from a socket, which is not connected again when it closes. */
    public DataStreamSource<String> socketTextStream(String hostname, int port) {
        return socketTextStream(hostname, port, "\n");
    }

    public DataStreamSource<String> socketTextStream(String hostname, int port, String delimiter) {
        return socketTextStream(hostname, port, delimiter, 0);
    }

    /**
     * Text from a socket, in UTF-8, cut at a delimiter; a carriage return before a line feed is
     * dropped.
     *
     * @param maxRetry how often to connect again, after half a second each time; 0 for never, -1
     *     for as long as it takes
     */
    @SuppressWarnings("deprecation")
    public DataStreamSource<String> socketTextStream(
            String hostname, int port, String delimiter, long maxRetry) {
        return addSource(
                new SocketTextStreamFunction(hostname, port, delimiter, maxRetry),
                "Socket Stream",
                Types.STRING);
    }

    /**
     * @deprecated use {@link #socketTextStream(String, int, String)}
     */
    @Deprecated
    public DataStreamSource<String> socketTextStream(String hostname, int port, char delimiter) {
        return socketTextStream(hostname, port, String.valueOf(delimiter), 0);
    }

    /**
     * @deprecated use {@link #socketTextStream(String, int, String, long)}
     */
    @Deprecated
    public DataStreamSource<String> socketTextStream(
            String hostname, int port, char delimiter, long maxRetry) {
        return socketTextStream(hostname, port, String.valueOf(delimiter), maxRetry);
    }

    private <OUT> DataStreamSource<OUT> addSource(
            String name,
            Source<OUT, ?, ?> source,
            WatermarkStrategy<OUT> watermarks,
            TypeInformation<OUT> typeInfo) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(watermarks, "watermark strategy");
        return new DataStreamSource<>(
                this, addDraft(name, new SourceSpec(source, watermarks), typeInfo, List.of()));
    }

    Draft addDraft(
            String name,
            OperatorSpec spec,
            TypeInformation<?> outputType,
            List<List<Draft.Branch>> inputs) {
        lastId++;
        Draft draft = new Draft(lastId, name, spec, outputType, inputs);
        drafts.add(draft);
        return draft;
    }

    /** The records of a stream, once the program has been executed. */
    <T> CollectedResults<T> collectWhenExecuted(DataStream<T> stream) {
        CollectedResults<T> results =
                CollectedResults.toStart(
                        executor(),
                        stream.getType(),
                        getUserClassLoader(),
                        isBatch(),
                        sink -> stream.sinkTo(sink).name("Collect"));
        collected.add(results);
        return results;
    }

    boolean isBatch() {
        return getStreamGraph().mode() == StreamGraph.ExecutionMode.BATCH;
    }

    /** The program so far. */
    public StreamGraph getStreamGraph() {
        Config all = configuration.toConfig();
        return graph(all.find(PipelineOptions.NAME).orElse(DEFAULT_JOB_NAME));
    }

    private StreamGraph graph(String jobName) {
        return new GraphAssembly(configuration.toConfig(), getDefaultLocalParallelism())
                .assemble(jobName, drafts);
    }

    /** Runs the program and returns when it has finished. */
    public JobExecutionResult execute() throws Exception {
        return execute(null);
    }

    /**
     * Runs the program and returns when it has finished. The environment is empty then.
     *
     * @param jobName null for the one of the options
     * @throws MillraceException if the program was refused, failed or was cancelled
     */
    public JobExecutionResult execute(String jobName) throws Exception {
        try {
            return executeAsync(jobName).getJobExecutionResult().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Starts the program. */
    public final JobClient executeAsync() throws Exception {
        return executeAsync(null);
    }

    /**
     * Starts the program. The environment is empty then.
     *
     * @param jobName null for the one of the options
     */
    public JobClient executeAsync(String jobName) throws Exception {
        StreamGraph graph = jobName == null ? getStreamGraph() : graph(jobName);
        JobExecutor engine = executor();
        JobClient client = engine.submit(withEncodedCollections(graph, engine));
        drafts.clear();
        collected.forEach(results -> results.started(client));
        collected.clear();
        return client;
    }

    /**
     * Values of {@code fromData} travel as the engine writes them: they need not be serializable.
     */
    private StreamGraph withEncodedCollections(StreamGraph graph, JobExecutor engine) {
        List<StreamNode> nodes =
                graph.nodes().stream().map(node -> withEncodedCollection(node, engine)).toList();
        return new StreamGraph(graph.jobName(), graph.mode(), nodes, graph.edges(), graph.config());
    }

    private StreamNode withEncodedCollection(StreamNode node, JobExecutor engine) {
        if (node.spec() instanceof SourceSpec spec
                && spec.source() instanceof CollectionSource<?> collection) {
            return new StreamNode(
                    node.id(),
                    node.name(),
                    node.description(),
                    node.uid(),
                    new SourceSpec(encoded(collection, engine), spec.watermarks()),
                    node.parallelism(),
                    node.maxParallelism(),
                    node.slotSharingGroup(),
                    node.outputType(),
                    node.chaining());
        }
        return node;
    }

    private <T> CollectionSource<T> encoded(CollectionSource<T> source, JobExecutor engine) {
        try {
            return source.encodedBy(
                    engine.valueCodec(source.getProducedType(), getUserClassLoader()));
        } catch (ClassCastException e) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "a value of fromData is not a "
                            + source.getProducedType()
                            + ": "
                            + e.getMessage()
                            + ".",
                    e);
        }
    }

    /** Nothing is held beyond the graph. */
    @Override
    public void close() throws Exception {}
}
