package io.millrace.api.stream;

import io.millrace.api.backend.StateBackend;
import io.millrace.api.checkpoint.CheckpointConfig;
import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.checkpoint.CheckpointingMode;
import io.millrace.api.checkpoint.IdleOptions;
import io.millrace.api.collect.CollectedResults;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.DistributedCache;
import io.millrace.api.file.Path;
import io.millrace.api.graph.Attachments;
import io.millrace.api.graph.CachedFile;
import io.millrace.api.graph.JobExecutor;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.OperatorSpec.SourceSpec;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.input.FileInputFormat;
import io.millrace.api.input.FilePathFilter;
import io.millrace.api.input.FileProcessingMode;
import io.millrace.api.input.InputFormat;
import io.millrace.api.input.InputFormatSource;
import io.millrace.api.option.Config;
import io.millrace.api.option.ConfigOption;
import io.millrace.api.option.Configuration;
import io.millrace.api.option.ProgramOptions;
import io.millrace.api.option.ReadableConfig;
import io.millrace.api.option.TernaryBoolean;
import io.millrace.api.source.BackedBySource;
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
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Where a program begins and where it is executed: sources, options, and the graph that grows with
 * each transformation. Not thread-safe; used by the thread that runs {@code main()}.
 */
public class StreamExecutionEnvironment implements AutoCloseable {
    public static final String DEFAULT_JOB_NAME = "Millrace Job";

    private static final long DEFAULT_BUFFER_TIMEOUT_MS = 100;
    private static final long DEFAULT_CHECKPOINT_INTERVAL_MS = 500;

    /** Null if there is no engine: the graph can be built, but not executed. */
    private final JobExecutor executor;

    /** Everything that is set; the execution configuration is a view of it. */
    protected final Configuration configuration;

    protected final ExecutionConfig config;

    /** A view of what is set, as {@link #config}. */
    protected final CheckpointConfig checkpointCfg;

    /** As the program gave it; null if it gave none. */
    private StateBackend stateBackend;

    private final JobListeners jobListeners = new JobListeners();
    private final RegisteredFiles cachedFiles = new RegisteredFiles();
    private final Map<String, SlotSharingGroup> slotSharingGroups = new LinkedHashMap<>();
    private long bufferTimeoutMs = DEFAULT_BUFFER_TIMEOUT_MS;

    @SuppressWarnings("deprecation") // programs that set it may ask for it
    private TimeCharacteristic timeCharacteristic = TimeCharacteristic.EventTime;

    private final Drafts drafts = new Drafts(this);
    private final List<StreamCache<?>> caches = new ArrayList<>();
    // Those that wait for the program to be executed.
    private final List<CollectedResults<?>> collected = new ArrayList<>();

    /** Null for the context class loader. */
    private ClassLoader userClassLoader;

    /** Runs on the engine of the process; see {@link #getExecutionEnvironment()}. */
    public StreamExecutionEnvironment() {
        this(new Configuration());
    }

    public StreamExecutionEnvironment(Configuration configuration) {
        this(Executors.current(), configuration);
    }

    /**
     * @param userClassloader sees the classes of the program
     */
    public StreamExecutionEnvironment(Configuration configuration, ClassLoader userClassloader) {
        this(configuration);
        this.userClassLoader = Objects.requireNonNull(userClassloader);
    }

    StreamExecutionEnvironment(JobExecutor executor, Configuration given) {
        this.executor = executor;
        this.configuration = GivenOptions.of(executor, given);
        this.config = new ExecutionConfig(configuration);
        this.checkpointCfg = CheckpointConfig.viewOf(configuration);
    }

    /**
     * On the cluster that the program was submitted to; in this process if it was started plainly.
     */
    public static StreamExecutionEnvironment getExecutionEnvironment() {
        return getExecutionEnvironment(new Configuration());
    }

    public static StreamExecutionEnvironment getExecutionEnvironment(Configuration configuration) {
        StreamExecutionEnvironmentFactory factory = Executors.environments();
        return factory != null
                ? factory.createExecutionEnvironment(configuration)
                : new StreamExecutionEnvironment(configuration);
    }

    /**
     * Makes {@link #getExecutionEnvironment()} give what {@code ctx} makes. For subclasses that run
     * programs in tests.
     */
    protected static void initializeContextEnvironment(StreamExecutionEnvironmentFactory ctx) {
        Executors.makeEnvironmentsWith(Objects.requireNonNull(ctx));
    }

    /** Takes back {@link #initializeContextEnvironment}. */
    protected static void resetContextEnvironment() {
        Executors.makeEnvironmentsWith(null);
    }

    /** In this process, wherever the program was submitted to. */
    public static LocalStreamEnvironment createLocalEnvironment() {
        return createLocalEnvironment(new Configuration());
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

    /** With the parallelism that is configured, or {@link #getDefaultLocalParallelism}. */
    public static LocalStreamEnvironment createLocalEnvironment(Configuration configuration) {
        int parallelism =
                configuration
                        .toConfig()
                        .find(ProgramOptions.PARALLELISM)
                        .orElseGet(StreamExecutionEnvironment::getDefaultLocalParallelism);
        return createLocalEnvironment(parallelism, configuration);
    }

    /**
     * In this process, with the REST interface and the web page while jobs run; the log names the
     * address.
     */
    public static StreamExecutionEnvironment createLocalEnvironmentWithWebUI(Configuration conf) {
        Configuration withPage = new Configuration(conf);
        withPage.setBoolean("embedded.rest", true);
        return createLocalEnvironment(withPage);
    }

    /**
     * There are no remote environments: programs are started on a cluster.
     *
     * @throws MillraceException always; it says how
     */
    public static StreamExecutionEnvironment createRemoteEnvironment(
            String host, int port, String... jarFiles) {
        return new RemoteStreamEnvironment(host, port, jarFiles);
    }

    /**
     * There are no remote environments: programs are started on a cluster.
     *
     * @throws MillraceException always; it says how
     */
    public static StreamExecutionEnvironment createRemoteEnvironment(
            String host, int port, int parallelism, String... jarFiles) {
        return new RemoteStreamEnvironment(host, port, jarFiles);
    }

    /**
     * There are no remote environments: programs are started on a cluster.
     *
     * @throws MillraceException always; it says how
     */
    public static StreamExecutionEnvironment createRemoteEnvironment(
            String host, int port, Configuration clientConfig, String... jarFiles) {
        return new RemoteStreamEnvironment(host, port, clientConfig, jarFiles);
    }

    /** Processors of this machine, or what was set instead. */
    public static int getDefaultLocalParallelism() {
        int set = Executors.defaultParallelism();
        return set > 0 ? set : Runtime.getRuntime().availableProcessors();
    }

    /**
     * Sets the parallelism of programs in this process that set none.
     *
     * @param parallelism at least 1
     */
    public static void setDefaultLocalParallelism(int parallelism) {
        if (parallelism < 1) {
            throw new IllegalArgumentException(
                    "The default parallelism is at least 1, not " + parallelism + ".");
        }
        Executors.setDefaultParallelism(parallelism);
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
            GivenOptions.lay(all, this.configuration);
            return;
        }
        config.configure(configuration, classLoader);
        checkpointCfg.configure(configuration);
        GivenOptions.layProgram(configuration, this.configuration);
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
        configuration.set(ProgramOptions.RUNTIME_MODE, executionMode);
        return this;
    }

    /** Every operator runs in a task of its own. */
    public StreamExecutionEnvironment disableOperatorChaining() {
        configuration.set(ProgramOptions.OPERATOR_CHAINING, false);
        return this;
    }

    public boolean isChainingEnabled() {
        return configuration.toConfig().get(ProgramOptions.OPERATOR_CHAINING);
    }

    /** True: where operators may be chained, the number of their key groups does not matter. */
    public boolean isChainingOfOperatorsWithDifferentMaxParallelismEnabled() {
        return true;
    }

    /**
     * Without effect on when records move: a chunk is handed on as soon as its task has nothing
     * more to add to it, so no timer flushes it.
     *
     * @param timeoutMillis at least −1
     */
    public StreamExecutionEnvironment setBufferTimeout(long timeoutMillis) {
        if (timeoutMillis < -1) {
            throw new IllegalArgumentException(
                    "The buffer time-out is at least -1 ms, not " + timeoutMillis + ".");
        }
        bufferTimeoutMs = timeoutMillis;
        return this;
    }

    /** What was set; 100 ms if nothing was. */
    public long getBufferTimeout() {
        return bufferTimeoutMs;
    }

    /**
     * Says what the operators of a group need. It is carried with the job and shown with its
     * vertices; slots are of one size today.
     *
     * @throws IllegalArgumentException if the group is registered with other needs
     */
    public StreamExecutionEnvironment registerSlotSharingGroup(SlotSharingGroup slotSharingGroup) {
        if (slotSharingGroup.describeResources().isEmpty()) {
            return this;
        }
        SlotSharingGroup there =
                slotSharingGroups.putIfAbsent(slotSharingGroup.getName(), slotSharingGroup);
        if (there != null && !there.equals(slotSharingGroup)) {
            throw new IllegalArgumentException(
                    "Slot sharing group '"
                            + slotSharingGroup.getName()
                            + "' is registered with other needs: "
                            + there
                            + ", now "
                            + slotSharingGroup
                            + ". Use another name.");
        }
        return this;
    }

    /** The same, not executable. */
    public void registerCachedFile(String filePath, String name) {
        registerCachedFile(filePath, name, false);
    }

    /**
     * Makes a file or directory available to all functions of the job, as a copy on each machine,
     * by {@code getRuntimeContext().getDistributedCache().getFile(name)}.
     *
     * @param filePath on a file system that every worker reaches: a local path must exist on each
     *     of their machines
     * @param executable whether the copies may be executed
     * @throws IllegalArgumentException if the name is taken
     */
    public void registerCachedFile(String filePath, String name, boolean executable) {
        cachedFiles.add(new CachedFile(name, filePath, executable));
    }

    /** What was registered or is named by the options, by name, in that order; a copy. */
    public List<Tuple2<String, DistributedCache.DistributedCacheEntry>> getCachedFiles() {
        return cachedFiles.entriesWith(configuration);
    }

    /** Adds one that hears of the jobs of this environment from now on. */
    public void registerJobListener(JobListener jobListener) {
        jobListeners.all().add(Objects.requireNonNull(jobListener));
    }

    public void clearJobListeners() {
        jobListeners.all().clear();
    }

    /** The listeners themselves, to be changed. */
    public List<JobListener> getJobListeners() {
        return jobListeners.all();
    }

    /** How checkpoints are taken and kept: a view of what is set, to be changed. */
    public CheckpointConfig getCheckpointConfig() {
        return checkpointCfg;
    }

    /**
     * Takes checkpoints.
     *
     * @param interval milliseconds between the starts of two, at least 10
     */
    public StreamExecutionEnvironment enableCheckpointing(long interval) {
        checkpointCfg.setCheckpointInterval(interval);
        return this;
    }

    /**
     * Takes checkpoints.
     *
     * @param interval milliseconds between the starts of two, at least 10
     */
    public StreamExecutionEnvironment enableCheckpointing(long interval, CheckpointingMode mode) {
        checkpointCfg.setCheckpointingConsistencyMode(mode);
        return enableCheckpointing(interval);
    }

    /**
     * Takes checkpoints.
     *
     * @param interval milliseconds between the starts of two, at least 10
     * @param force without effect: every job can have checkpoints
     * @deprecated leave out {@code force}
     */
    @Deprecated
    public StreamExecutionEnvironment enableCheckpointing(
            long interval, CheckpointingMode mode, boolean force) {
        return enableCheckpointing(interval, mode);
    }

    /**
     * Takes checkpoints every half second.
     *
     * @deprecated say the interval
     */
    @Deprecated
    public StreamExecutionEnvironment enableCheckpointing() {
        return enableCheckpointing(DEFAULT_CHECKPOINT_INTERVAL_MS);
    }

    /** Milliseconds; -1 if no checkpoints are taken. */
    public long getCheckpointInterval() {
        return checkpointCfg.getCheckpointInterval();
    }

    /**
     * False.
     *
     * @deprecated every job can have checkpoints
     */
    @Deprecated
    public boolean isForceCheckpointing() {
        return checkpointCfg.isForceCheckpointing();
    }

    public boolean isUnalignedCheckpointsEnabled() {
        return checkpointCfg.isUnalignedCheckpointsEnabled();
    }

    public boolean isForceUnalignedCheckpoints() {
        return checkpointCfg.isForceUnalignedCheckpoints();
    }

    /**
     * @deprecated use {@link #getCheckpointingConsistencyMode}
     */
    @Deprecated
    public CheckpointingMode getCheckpointingMode() {
        return checkpointCfg.getCheckpointingConsistencyMode();
    }

    public CheckpointingMode getCheckpointingConsistencyMode() {
        return checkpointCfg.getCheckpointingConsistencyMode();
    }

    /**
     * Sets where keyed state is.
     *
     * @deprecated set {@code state.backend.type}
     */
    @Deprecated
    public StreamExecutionEnvironment setStateBackend(StateBackend backend) {
        this.stateBackend = Objects.requireNonNull(backend, "The state back end is null.");
        backend.writeTo(configuration);
        return this;
    }

    /**
     * What was set here; null if nothing was.
     *
     * @deprecated read {@code state.backend.type}
     */
    @Deprecated
    public StateBackend getStateBackend() {
        return stateBackend;
    }

    /** Without effect: checkpoints are incremental already. */
    public StreamExecutionEnvironment enableChangelogStateBackend(boolean enabled) {
        configuration.set(IdleOptions.CHANGELOG, enabled);
        return this;
    }

    /** What was set. */
    public TernaryBoolean isChangelogStateBackendEnabled() {
        return TernaryBoolean.fromBoxedBoolean(
                configuration.getOptional(ConfigOption.of(IdleOptions.CHANGELOG)).orElse(null));
    }

    /** Sets the directory of savepoints for which none is given. */
    public StreamExecutionEnvironment setDefaultSavepointDirectory(String savepointDirectory) {
        return setDefaultSavepointDirectory(new Path(savepointDirectory));
    }

    /** Sets the directory of savepoints for which none is given. */
    public StreamExecutionEnvironment setDefaultSavepointDirectory(URI savepointDirectory) {
        return setDefaultSavepointDirectory(new Path(savepointDirectory));
    }

    /** Sets the directory of savepoints for which none is given. */
    public StreamExecutionEnvironment setDefaultSavepointDirectory(Path savepointDirectory) {
        configuration.set(CheckpointOptions.SAVEPOINT_DIRECTORY, savepointDirectory.toString());
        return this;
    }

    /** Null if none is set. */
    public Path getDefaultSavepointDirectory() {
        return configuration
                .getOptional(ConfigOption.of(CheckpointOptions.SAVEPOINT_DIRECTORY))
                .map(Path::new)
                .orElse(null);
    }

    /**
     * @deprecated set the options of the group {@code restart}
     */
    @Deprecated
    public void setRestartStrategy(
            RestartStrategies.RestartStrategyConfiguration restartStrategyConfiguration) {
        config.setRestartStrategy(restartStrategyConfiguration);
    }

    /**
     * @deprecated read the options of the group {@code restart}
     */
    @Deprecated
    public RestartStrategies.RestartStrategyConfiguration getRestartStrategy() {
        return config.getRestartStrategy();
    }

    /**
     * @deprecated set the options of the group {@code restart}
     */
    @Deprecated
    public void setNumberOfExecutionRetries(int numberOfExecutionRetries) {
        config.setNumberOfExecutionRetries(numberOfExecutionRetries);
    }

    /**
     * @deprecated read the options of the group {@code restart}
     */
    @Deprecated
    public int getNumberOfExecutionRetries() {
        return config.getNumberOfExecutionRetries();
    }

    /**
     * Without effect, as {@link ExecutionConfig#addDefaultKryoSerializer}.
     *
     * @deprecated describe the type with a {@code TypeInformation}
     */
    @Deprecated
    public void addDefaultKryoSerializer(Class<?> type, Class<?> serializerClass) {
        config.addDefaultKryoSerializer(type, serializerClass);
    }

    /**
     * Without effect, as {@link ExecutionConfig#registerTypeWithKryoSerializer}.
     *
     * @deprecated describe the type with a {@code TypeInformation}
     */
    @Deprecated
    public void registerTypeWithKryoSerializer(Class<?> type, Class<?> serializerClass) {
        config.registerTypeWithKryoSerializer(type, serializerClass);
    }

    /**
     * Without effect: types are found where they are used.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public void registerType(Class<?> type) {
        config.registerPojoType(type);
    }

    /**
     * Turns periodic watermarks off for {@code ProcessingTime}, and on for the others.
     *
     * @deprecated use a watermark strategy where event time is wanted; it is always on
     */
    @Deprecated
    public void setStreamTimeCharacteristic(TimeCharacteristic characteristic) {
        timeCharacteristic = Objects.requireNonNull(characteristic);
        config.setAutoWatermarkInterval(
                characteristic == TimeCharacteristic.ProcessingTime ? 0 : 200);
    }

    /**
     * @deprecated event time is always on
     */
    @Deprecated
    public TimeCharacteristic getStreamTimeCharacteristic() {
        return timeCharacteristic;
    }

    /** The same as a subclass sees it. */
    protected ClassLoader getUserClassloader() {
        return getUserClassLoader();
    }

    /** The loader that sees the classes of the program. */
    ClassLoader getUserClassLoader() {
        if (userClassLoader != null) {
            return userClassLoader;
        }
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
        if (function instanceof BackedBySource<?>) {
            @SuppressWarnings("unchecked") // of the function's own records
            BackedBySource<OUT> backed = (BackedBySource<OUT>) function;
            return addSource(sourceName, backed.source(), backed.watermarks(), typeInfo);
        }
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

    /**
     * The lines of a file or of all files below a directory, in UTF-8.
     *
     * @deprecated use a file source
     */
    @Deprecated
    public DataStreamSource<String> readTextFile(String filePath) {
        return readTextFile(filePath, "UTF-8");
    }

    /**
     * The lines of a file or of all files below a directory.
     *
     * @deprecated use a file source
     */
    @Deprecated
    public DataStreamSource<String> readTextFile(String filePath, String charsetName) {
        return addSource(
                "Text File Source",
                FileSources.ofText(getUserClassLoader()).linesOf(new Path(filePath), charsetName),
                WatermarkStrategy.noWatermarks(),
                Types.STRING);
    }

    /**
     * The records of an input format. Its splits are read by as many subtasks as there are.
     *
     * @param inputFormat must be serializable
     */
    public <OUT> DataStreamSource<OUT> createInput(InputFormat<OUT, ?> inputFormat) {
        return createInput(inputFormat, TypeExtractor.getInputFormatTypes(inputFormat));
    }

    /**
     * The records of an input format.
     *
     * @param typeInfo null if it is to be found from the records
     */
    public <OUT> DataStreamSource<OUT> createInput(
            InputFormat<OUT, ?> inputFormat, TypeInformation<OUT> typeInfo) {
        return addSource(
                inputFormat instanceof FileInputFormat<?> ? "Custom File Source" : "Custom Source",
                InputFormatSource.once(inputFormat, typeInfo),
                WatermarkStrategy.noWatermarks(),
                typeInfo);
    }

    /**
     * The records of a file, or of all files in a directory, read once.
     *
     * @deprecated use a file source
     */
    @Deprecated
    public <OUT> DataStreamSource<OUT> readFile(FileInputFormat<OUT> inputFormat, String filePath) {
        return readFile(inputFormat, filePath, FileProcessingMode.PROCESS_ONCE, -1);
    }

    /**
     * The same, without the files and directories that a filter leaves out.
     *
     * @deprecated use a file source
     */
    @Deprecated
    public <OUT> DataStreamSource<OUT> readFile(
            FileInputFormat<OUT> inputFormat,
            String filePath,
            FileProcessingMode watchType,
            long interval,
            FilePathFilter filter) {
        inputFormat.setFilesFilter(filter);
        return readFile(inputFormat, filePath, watchType, interval);
    }

    /**
     * The records of a file, or of all files in a directory.
     *
     * @param interval milliseconds between two looks for new files, at least 1; without meaning for
     *     {@link FileProcessingMode#PROCESS_ONCE}
     * @deprecated use a file source
     */
    @Deprecated
    public <OUT> DataStreamSource<OUT> readFile(
            FileInputFormat<OUT> inputFormat,
            String filePath,
            FileProcessingMode watchType,
            long interval) {
        return readFile(
                inputFormat,
                filePath,
                watchType,
                interval,
                TypeExtractor.getInputFormatTypes(inputFormat));
    }

    /**
     * The records of a file, or of all files in a directory.
     *
     * @param interval milliseconds between two looks for new files, at least 1; without meaning for
     *     {@link FileProcessingMode#PROCESS_ONCE}
     * @param typeInformation null if it is to be found from the records
     * @deprecated use a file source
     */
    @Deprecated
    public <OUT> DataStreamSource<OUT> readFile(
            FileInputFormat<OUT> inputFormat,
            String filePath,
            FileProcessingMode watchType,
            long interval,
            TypeInformation<OUT> typeInformation) {
        return addSource(
                "Custom File Source",
                FileSources.of(inputFormat, filePath, watchType, interval, typeInformation),
                WatermarkStrategy.noWatermarks(),
                typeInformation);
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
        return drafts.add(name, spec, outputType, inputs);
    }

    /** Those that the program has by now. */
    List<Draft> drafts() {
        return List.copyOf(drafts.all());
    }

    void dropUnread(Set<Draft> some) {
        drafts.dropUnread(some);
    }

    int nextId() {
        return drafts.nextId();
    }

    <T> StreamCache<T> cacheOf(Transformation<T> transformation) {
        addOperator(transformation);
        StreamCache<T> cache =
                new StreamCache<>(this, transformation.branches(), transformation.getOutputType());
        caches.add(cache);
        return cache;
    }

    /** The streams whose records are kept by now; waits for programs that compute them. */
    protected Set<AbstractID> listCompletedClusterDatasets() {
        Set<AbstractID> full = new HashSet<>();
        for (StreamCache<?> cache : caches) {
            if (cache.isFull()) {
                full.add(cache.id());
            }
        }
        return full;
    }

    /**
     * Makes an operator part of this program, with the inputs that it has now; one that is there
     * already stays as it is.
     *
     * @throws IllegalArgumentException if it, or an input, belongs to another environment
     */
    public void addOperator(Transformation<?> transformation) {
        drafts.add(transformation);
    }

    /** The records of a stream, once the program has been executed. */
    <T> CollectedResults<T> collectWhenExecuted(DataStream<T> stream) {
        CollectedResults<T> results =
                CollectedResults.toStart(
                        executor(),
                        stream.getType(),
                        getUserClassLoader(),
                        isBatch(stream),
                        sink -> stream.sinkTo(sink).name("Collect").setParallelism(1));
        collected.add(results);
        return results;
    }

    boolean isBatch(DataStream<?> stream) {
        drafts.includeSources(stream.branches);
        return getStreamGraph().mode() == StreamGraph.ExecutionMode.BATCH;
    }

    /** The program so far. */
    public StreamGraph getStreamGraph() {
        Config all = configuration.toConfig();
        return graph(all.find(ProgramOptions.NAME).orElse(DEFAULT_JOB_NAME));
    }

    private StreamGraph graph(String jobName) {
        return new GraphAssembly(configuration.toConfig(), getDefaultLocalParallelism())
                .assemble(
                        jobName,
                        drafts.all(),
                        new Attachments(
                                config.registeredParameters(),
                                cachedFiles.with(configuration),
                                List.copyOf(slotSharingGroups.values())));
    }

    /** The program so far, as JSON: operators with their predecessors, before chaining. */
    public String getExecutionPlan() {
        return ExecutionPlan.of(getStreamGraph());
    }

    /** Runs the program and returns when it has finished. */
    public JobExecutionResult execute() throws Exception {
        return execute((String) null);
    }

    /**
     * Runs the program and returns when it has finished. The environment is empty then.
     *
     * @param jobName null for the one of the options
     * @throws MillraceException if the program was refused, failed or was cancelled
     */
    public JobExecutionResult execute(String jobName) throws Exception {
        return jobListeners.await(executeAsync(jobName));
    }

    /** Starts the program. */
    public final JobClient executeAsync() throws Exception {
        return executeAsync((String) null);
    }

    /**
     * Starts the program. The environment is empty then.
     *
     * @param jobName null for the one of the options
     */
    public JobClient executeAsync(String jobName) throws Exception {
        return submit(jobName == null ? getStreamGraph() : graph(jobName));
    }

    /** Starts a graph of this environment, or of another that runs jobs at the same place. */
    public JobClient executeAsync(StreamGraph streamGraph) throws Exception {
        return submit(streamGraph);
    }

    /** Runs a graph of this environment and returns when it has finished. */
    public JobExecutionResult execute(StreamGraph streamGraph) throws Exception {
        return jobListeners.await(submit(streamGraph));
    }

    private JobClient submit(StreamGraph graph) {
        JobExecutor engine = executor();
        EncodedCollections encoded = new EncodedCollections(engine, getUserClassLoader());
        JobClient client;
        try {
            client = engine.submit(encoded.in(graph));
        } catch (RuntimeException e) {
            jobListeners.tell(listener -> listener.onJobSubmitted(null, e));
            throw e;
        }
        drafts.clear();
        caches.forEach(cache -> cache.submitted(client));
        collected.forEach(results -> results.started(client));
        collected.clear();
        jobListeners.tell(listener -> listener.onJobSubmitted(client, null));
        return client;
    }

    /** Removes the records of cached streams. */
    @Override
    public void close() throws Exception {
        caches.forEach(StreamCache::invalidate);
    }
}
