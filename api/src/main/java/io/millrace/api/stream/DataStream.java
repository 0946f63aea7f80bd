package io.millrace.api.stream;

import io.millrace.api.collect.CollectedResults;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileSystem.WriteMode;
import io.millrace.api.file.Path;
import io.millrace.api.function.FilterFunction;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.Partitioner;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.graph.Keying;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.operator.EngineOperator;
import io.millrace.api.operator.OneInputStreamOperator;
import io.millrace.api.operator.OneInputStreamOperatorFactory;
import io.millrace.api.operator.SimpleOperatorFactory;
import io.millrace.api.operator.StreamOperatorFactory;
import io.millrace.api.serialization.SerializationSchema;
import io.millrace.api.sink.CsvText;
import io.millrace.api.sink.FunctionSink;
import io.millrace.api.sink.OutputFormat;
import io.millrace.api.sink.OutputFormatSinkFunction;
import io.millrace.api.sink.PrintSink;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkFunction;
import io.millrace.api.sink.SinkOfFunction;
import io.millrace.api.sink.SocketClientSink;
import io.millrace.api.sink.SupportsPreWriteTopology;
import io.millrace.api.sink.TextFileSink;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.stream.Draft.Branch;
import io.millrace.api.time.AssignerStrategy;
import io.millrace.api.time.AssignerWithPeriodicWatermarks;
import io.millrace.api.time.AssignerWithPunctuatedWatermarks;
import io.millrace.api.time.Time;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.tuple.Tuple;
import io.millrace.api.type.InputTypeConfigurable;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.window.CountEvictor;
import io.millrace.api.window.CountTrigger;
import io.millrace.api.window.GlobalWindow;
import io.millrace.api.window.GlobalWindows;
import io.millrace.api.window.PurgingTrigger;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import java.util.ArrayList;
import java.util.List;

/**
 * Records of one type on their way. Each transformation adds an operator to the environment's graph
 * and gives a new stream. Not thread-safe.
 *
 * @param <T> the records
 */
public class DataStream<T> {
    protected final StreamExecutionEnvironment environment;

    protected final Transformation<T> transformation;

    /** Where the records come from; many after a union. */
    final List<Branch> branches;

    DataStream(StreamExecutionEnvironment environment, List<Branch> branches) {
        this(environment, StreamOutput.of(branches));
    }

    /**
     * The records of a transformation, which becomes part of the environment's program.
     *
     * @throws IllegalArgumentException if it belongs to another environment
     */
    public DataStream(StreamExecutionEnvironment environment, Transformation<T> transformation) {
        this.environment = environment;
        this.transformation = transformation;
        environment.addOperator(transformation);
        this.branches = transformation.branches();
    }

    /** The operator behind this stream, for code below it. */
    public Transformation<T> getTransformation() {
        return transformation;
    }

    public StreamExecutionEnvironment getExecutionEnvironment() {
        return environment;
    }

    public ExecutionConfig getExecutionConfig() {
        return environment.getConfig();
    }

    /** Of the operator that the records come from; the environment's if it has none of its own. */
    public int getParallelism() {
        int own = branches.get(0).source().parallelism;
        return own > 0 ? own : environment.getParallelism();
    }

    /** Null if the type is erased and will be found from the records. */
    @SuppressWarnings("unchecked")
    public TypeInformation<T> getType() {
        for (Branch branch : branches) {
            if (branch.type() != null) {
                return (TypeInformation<T>) branch.type();
            }
        }
        return null;
    }

    /** What a subtask needs at least; see {@link ResourceSpec}. */
    public ResourceSpec getMinResources() {
        return ResourceSpec.UNKNOWN;
    }

    /** What a subtask would like to have; see {@link ResourceSpec}. */
    public ResourceSpec getPreferredResources() {
        return ResourceSpec.UNKNOWN;
    }

    /**
     * The function as it is: what cannot be serialized is refused, with the operator's name, when
     * the program is executed.
     */
    protected <F> F clean(F f) {
        return f;
    }

    public <R> SingleOutputStreamOperator<R> map(MapFunction<T, R> mapper) {
        return map(mapper, TypeExtractor.resultOf(mapper, MapFunction.class, 1, 0, getType()));
    }

    public <R> SingleOutputStreamOperator<R> map(
            MapFunction<T, R> mapper, TypeInformation<R> outputType) {
        return add("Map", new OperatorSpec.MapSpec(mapper), outputType);
    }

    public <R> SingleOutputStreamOperator<R> flatMap(FlatMapFunction<T, R> flatMapper) {
        return flatMap(
                flatMapper,
                TypeExtractor.resultOf(flatMapper, FlatMapFunction.class, 1, 0, getType()));
    }

    public <R> SingleOutputStreamOperator<R> flatMap(
            FlatMapFunction<T, R> flatMapper, TypeInformation<R> outputType) {
        return add("Flat Map", new OperatorSpec.FlatMapSpec(flatMapper), outputType);
    }

    public SingleOutputStreamOperator<T> filter(FilterFunction<T> filter) {
        return add("Filter", new OperatorSpec.FilterSpec(filter), getType());
    }

    public <R> SingleOutputStreamOperator<R> process(ProcessFunction<T, R> processFunction) {
        return process(
                processFunction,
                TypeExtractor.resultOf(processFunction, ProcessFunction.class, 1, 0, getType()));
    }

    public <R> SingleOutputStreamOperator<R> process(
            ProcessFunction<T, R> processFunction, TypeInformation<R> outputType) {
        return add("Process", new OperatorSpec.ProcessSpec(processFunction), outputType);
    }

    /** Some fields of tuples, by their positions from 0, as a tuple of them. */
    public <R extends Tuple> SingleOutputStreamOperator<R> project(int... fieldIndexes) {
        return new StreamProjection<>(this, fieldIndexes).projectTupleX();
    }

    /**
     * Adds an operator of the program's own.
     *
     * @param outTypeInfo null if it is to be found from the records
     */
    public <R> SingleOutputStreamOperator<R> transform(
            String operatorName,
            TypeInformation<R> outTypeInfo,
            OneInputStreamOperator<T, R> operator) {
        return doTransform(operatorName, outTypeInfo, SimpleOperatorFactory.of(operator));
    }

    /** The same with a factory, whose operators need not be serializable. */
    public <R> SingleOutputStreamOperator<R> transform(
            String operatorName,
            TypeInformation<R> outTypeInfo,
            OneInputStreamOperatorFactory<T, R> operatorFactory) {
        return doTransform(operatorName, outTypeInfo, operatorFactory);
    }

    protected <R> SingleOutputStreamOperator<R> doTransform(
            String operatorName,
            TypeInformation<R> outTypeInfo,
            StreamOperatorFactory<R> operatorFactory) {
        return transform(operatorName, outTypeInfo, operatorFactory, null);
    }

    final <R> SingleOutputStreamOperator<R> transform(
            String operatorName,
            TypeInformation<R> outTypeInfo,
            StreamOperatorFactory<R> operatorFactory,
            KeySelector<T, ?> keySelector) {
        OperatorSpec spec =
                operatorFactory instanceof SimpleOperatorFactory<R> simple
                                && simple.getOperator() instanceof EngineOperator<?, ?> engine
                        ? engine.spec()
                        : new OperatorSpec.TransformSpec(operatorFactory, keySelector);
        SingleOutputStreamOperator<R> result = add(operatorName, spec, outTypeInfo);
        result.draft().chaining = OwnOperators.chainingOf(operatorFactory.getChainingStrategy());
        return result;
    }

    final <R> SingleOutputStreamOperator<R> add(
            String name, OperatorSpec spec, TypeInformation<R> outputType) {
        Draft draft = environment.addDraft(name, spec, outputType, List.of(branches));
        draft.keying = keying();
        return new SingleOutputStreamOperator<>(environment, draft);
    }

    /** Null if the records have no keys. */
    Keying keying() {
        return null;
    }

    /**
     * @throws io.millrace.api.error.MillraceException {@code PROGRAM_INVALID} always: it says what
     *     to do instead
     * @deprecated records that come back are not part of checkpoints
     */
    @Deprecated
    public IterativeStream<T> iterate() {
        throw IterativeStream.refused(branches);
    }

    /**
     * @throws io.millrace.api.error.MillraceException as {@link #iterate()}
     * @deprecated records that come back are not part of checkpoints
     */
    @Deprecated
    public IterativeStream<T> iterate(long maxWaitTimeMillis) {
        return iterate();
    }

    /** All records of each subtask together, when the stream, which must be bounded, has ended. */
    public PartitionWindowedStream<T> fullWindowPartition() {
        return new FullPartition<>(this, null);
    }

    /**
     * Groups all records by windows, in one subtask. Windows of a keyed stream share the work: see
     * {@link KeyedStream#window}.
     */
    public <W extends Window> AllWindowedStream<T, W> windowAll(
            WindowAssigner<? super T, W> assigner) {
        return new AllWindowedStream<>(this, assigner);
    }

    /** Windows of so many records, one after the other, in one subtask. */
    public AllWindowedStream<T, GlobalWindow> countWindowAll(long size) {
        return windowAll(GlobalWindows.create()).trigger(PurgingTrigger.of(CountTrigger.of(size)));
    }

    /** The last so many records, each time that {@code slide} more have come, in one subtask. */
    public AllWindowedStream<T, GlobalWindow> countWindowAll(long size, long slide) {
        return windowAll(GlobalWindows.create())
                .evictor(CountEvictor.of(size))
                .trigger(CountTrigger.of(slide));
    }

    /**
     * Windows of event time.
     *
     * @deprecated use {@link #windowAll} with {@link TumblingEventTimeWindows}
     */
    @Deprecated
    public AllWindowedStream<T, TimeWindow> timeWindowAll(Time size) {
        return windowAll(TumblingEventTimeWindows.of(size.toDuration()));
    }

    /**
     * Windows of event time.
     *
     * @deprecated use {@link #windowAll} with {@link SlidingEventTimeWindows}
     */
    @Deprecated
    public AllWindowedStream<T, TimeWindow> timeWindowAll(Time size, Time slide) {
        return windowAll(SlidingEventTimeWindows.of(size.toDuration(), slide.toDuration()));
    }

    /** Joins records of this stream and another that have one key and are in one window. */
    public <T2> JoinedStreams<T, T2> join(DataStream<T2> otherStream) {
        return new JoinedStreams<>(this, otherStream);
    }

    /** Groups records of this stream and another that have one key and are in one window. */
    public <T2> CoGroupedStreams<T, T2> coGroup(DataStream<T2> otherStream) {
        return new CoGroupedStreams<>(this, otherStream);
    }

    /** This stream and others of the same type as one; records come in no order between them. */
    @SafeVarargs
    public final DataStream<T> union(DataStream<T>... streams) {
        List<Branch> all = new ArrayList<>(branches);
        for (DataStream<T> stream : streams) {
            if (stream.environment != environment) {
                throw new IllegalArgumentException(
                        "Streams of different environments cannot be united.");
            }
            if (getType() != null
                    && stream.getType() != null
                    && !getType().equals(stream.getType())) {
                throw new MillraceException(
                        ErrorCode.PROGRAM_INVALID,
                        "streams of different types cannot be united: "
                                + getType()
                                + " and "
                                + stream.getType()
                                + ". Map both to the same type first.");
            }
            all.addAll(stream.branches);
        }
        return new DataStream<>(environment, all);
    }

    /** This stream and another, of another type perhaps, for functions that see both. */
    public <R> ConnectedStreams<T, R> connect(DataStream<R> dataStream) {
        return new ConnectedStreams<>(environment, this, dataStream);
    }

    /** This stream and a broadcast one, for functions that see both. */
    public <R> BroadcastConnectedStream<T, R> connect(BroadcastStream<R> broadcastStream) {
        return new BroadcastConnectedStream<>(environment, this, broadcastStream);
    }

    public <K> KeyedStream<T, K> keyBy(KeySelector<T, K> key) {
        return keyBy(key, TypeExtractor.resultOf(key, KeySelector.class, 1, 0, getType()));
    }

    public <K> KeyedStream<T, K> keyBy(KeySelector<T, K> key, TypeInformation<K> keyType) {
        return new KeyedStream<>(this, key, keyType);
    }

    /** By fields of a tuple; the key is a tuple of them. */
    public KeyedStream<T, Tuple> keyBy(int... fields) {
        return new KeyedStream<>(this, FieldsKey.ofPositions(getType(), fields), null);
    }

    /** By fields by name, with dots for fields of fields; the key is a tuple of them. */
    public KeyedStream<T, Tuple> keyBy(String... fields) {
        return new KeyedStream<>(this, FieldsKey.ofNames(getType(), fields), null);
    }

    public <K> DataStream<T> partitionCustom(
            Partitioner<K> partitioner, KeySelector<T, K> keySelector) {
        return with(new Partitioning.Custom(partitioner, keySelector));
    }

    /** By one field of a tuple. */
    public <K> DataStream<T> partitionCustom(Partitioner<K> partitioner, int field) {
        return with(
                new Partitioning.Custom(
                        partitioner, FieldsKey.ofSingle(getType(), String.valueOf(field))));
    }

    /** By one field by name. */
    public <K> DataStream<T> partitionCustom(Partitioner<K> partitioner, String field) {
        return with(new Partitioning.Custom(partitioner, FieldsKey.ofSingle(getType(), field)));
    }

    public DataStream<T> broadcast() {
        return with(new Partitioning.Plain(Partitioning.Kind.BROADCAST));
    }

    /** Every record to every subtask, where functions make state of them. */
    public BroadcastStream<T> broadcast(MapStateDescriptor<?, ?>... broadcastStateDescriptors) {
        return new BroadcastStream<>(broadcast(), broadcastStateDescriptors);
    }

    public DataStream<T> shuffle() {
        return with(new Partitioning.Plain(Partitioning.Kind.SHUFFLE));
    }

    public DataStream<T> forward() {
        return with(new Partitioning.Plain(Partitioning.Kind.FORWARD));
    }

    public DataStream<T> rebalance() {
        return with(new Partitioning.Plain(Partitioning.Kind.REBALANCE));
    }

    public DataStream<T> rescale() {
        return with(new Partitioning.Plain(Partitioning.Kind.RESCALE));
    }

    public DataStream<T> global() {
        return with(new Partitioning.Plain(Partitioning.Kind.GLOBAL));
    }

    private DataStream<T> with(Partitioning partitioning) {
        return new DataStream<>(environment, partitioned(branches, partitioning));
    }

    static List<Branch> partitioned(List<Branch> branches, Partitioning partitioning) {
        return branches.stream().map(branch -> branch.by(partitioning)).toList();
    }

    /**
     * Gives records new timestamps, and makes watermarks of them. Watermarks and idleness that come
     * in end here, but for the end of all time.
     */
    public SingleOutputStreamOperator<T> assignTimestampsAndWatermarks(
            WatermarkStrategy<T> watermarkStrategy) {
        SingleOutputStreamOperator<T> result =
                add(
                        "Timestamps/Watermarks",
                        new OperatorSpec.TimestampsSpec(watermarkStrategy),
                        getType());
        // In the order in which records come: dealt out to more subtasks they would be out of it.
        result.draft().parallelism = branches.get(0).source().parallelism;
        return result;
    }

    /**
     * Gives records new timestamps, and makes watermarks of them at intervals.
     *
     * @deprecated use a {@link WatermarkStrategy}
     */
    @Deprecated
    public SingleOutputStreamOperator<T> assignTimestampsAndWatermarks(
            AssignerWithPeriodicWatermarks<T> timestampAndWatermarkAssigner) {
        return assignTimestampsAndWatermarks(new AssignerStrategy<>(timestampAndWatermarkAssigner));
    }

    /**
     * Gives records new timestamps, and makes watermarks of some of them.
     *
     * @deprecated use a {@link WatermarkStrategy}
     */
    @Deprecated
    public SingleOutputStreamOperator<T> assignTimestampsAndWatermarks(
            AssignerWithPunctuatedWatermarks<T> timestampAndWatermarkAssigner) {
        return assignTimestampsAndWatermarks(new AssignerStrategy<>(timestampAndWatermarkAssigner));
    }

    /**
     * Writes each record's text as a line; see {@link TextFileSink}. Fails if there is something.
     *
     * @deprecated use the file sink, which writes each record once
     */
    @Deprecated
    public DataStreamSink<T> writeAsText(String path) {
        return writeAsText(path, WriteMode.NO_OVERWRITE);
    }

    /**
     * Writes each record's text as a line; see {@link TextFileSink}.
     *
     * @deprecated use the file sink, which writes each record once
     */
    @Deprecated
    public DataStreamSink<T> writeAsText(String path, WriteMode writeMode) {
        return sinkTo(
                new TextFileSink<>(
                        new Path(path), writeMode, (record, to) -> to.append(record).append('\n')));
    }

    /**
     * Writes tuples as lines with commas; see {@link TextFileSink}. Fails if there is something.
     *
     * @deprecated use the file sink, which writes each record once
     */
    @Deprecated
    public DataStreamSink<T> writeAsCsv(String path) {
        return writeAsCsv(path, WriteMode.NO_OVERWRITE);
    }

    /**
     * Writes tuples as lines with commas; see {@link TextFileSink}.
     *
     * @deprecated use the file sink, which writes each record once
     */
    @Deprecated
    public DataStreamSink<T> writeAsCsv(String path, WriteMode writeMode) {
        return writeAsCsv(path, writeMode, "\n", ",");
    }

    /**
     * Writes tuples with delimiters, without quotes; see {@link TextFileSink}.
     *
     * @throws IllegalArgumentException if the records are known not to be tuples
     * @deprecated use the file sink, which writes each record once
     */
    @Deprecated
    public <X extends Tuple> DataStreamSink<T> writeAsCsv(
            String path, WriteMode writeMode, String rowDelimiter, String fieldDelimiter) {
        if (getType() != null && !Tuple.class.isAssignableFrom(getType().getTypeClass())) {
            throw new IllegalArgumentException(
                    "writeAsCsv writes tuples, not " + getType() + ". Map to a tuple first.");
        }
        return sinkTo(
                new TextFileSink<>(
                        new Path(path), writeMode, new CsvText<>(rowDelimiter, fieldDelimiter)));
    }

    /**
     * Writes each record with an output format.
     *
     * @deprecated use {@link #sinkTo}
     */
    @Deprecated
    public DataStreamSink<T> writeUsingOutputFormat(OutputFormat<T> format) {
        return addSink(new OutputFormatSinkFunction<>(format));
    }

    /** Prints each record's text to the standard output of the worker. */
    public DataStreamSink<T> print() {
        return sinkTo(new PrintSink<>()).name("Print to Std. Out");
    }

    /**
     * @param sinkIdentifier before each record
     */
    public DataStreamSink<T> print(String sinkIdentifier) {
        return sinkTo(new PrintSink<>(sinkIdentifier)).name("Print to Std. Out");
    }

    /** Prints each record's text to the error output of the worker. */
    public DataStreamSink<T> printToErr() {
        return sinkTo(new PrintSink<>(true)).name("Print to Std. Err");
    }

    /**
     * @param sinkIdentifier before each record
     */
    public DataStreamSink<T> printToErr(String sinkIdentifier) {
        return sinkTo(new PrintSink<>(sinkIdentifier, true)).name("Print to Std. Err");
    }

    /** Ends the stream in a sink function; next to {@link #sinkTo}. */
    @SuppressWarnings("deprecation")
    public DataStreamSink<T> addSink(SinkFunction<T> sinkFunction) {
        if (sinkFunction instanceof InputTypeConfigurable configurable) {
            configurable.setInputType(getType(), environment.getConfig());
        }
        return sinkTo(
                sinkFunction instanceof SinkOfFunction<T> named
                        ? named.sink()
                        : new FunctionSink<>(sinkFunction));
    }

    /**
     * Sends each record to a socket, which must listen when the job starts.
     *
     * @param schema also writes what separates the records, if anything shall
     */
    public DataStreamSink<T> writeToSocket(
            String hostName, int port, SerializationSchema<T> schema) {
        return addSink(new SocketClientSink<>(hostName, port, schema, 0)).setParallelism(1);
    }

    /** With the identities of the sink's parts as another program's generated ones. */
    public DataStreamSink<T> sinkTo(
            Sink<T> sink, CustomSinkOperatorUidHashes customSinkOperatorUidHashes) {
        DataStreamSink<T> result = sinkTo(sink);
        String hash = customSinkOperatorUidHashes.writerUidHash();
        return hash == null ? result : result.setUidHash(hash);
    }

    /** Ends the stream in a sink, behind what the sink itself puts before its writers. */
    @SuppressWarnings("unchecked") // a sink of T takes streams of T
    public DataStreamSink<T> sinkTo(Sink<T> sink) {
        DataStream<T> records =
                sink instanceof SupportsPreWriteTopology<?> before
                        ? ((SupportsPreWriteTopology<T>) before).addPreWriteTopology(this)
                        : this;
        return SinkTopology.isNeededBy(sink)
                ? new SinkTopology<>(records, sink).build()
                : records.writeTo(sink);
    }

    private DataStreamSink<T> writeTo(Sink<T> sink) {
        Draft draft =
                environment.addDraft(
                        "Unnamed", new OperatorSpec.SinkSpec(sink), null, List.of(branches));
        draft.keying = keying();
        return new DataStreamSink<>(environment, draft);
    }

    /**
     * The records of this stream, to be read when the program has been executed, in batch mode when
     * it has finished. A job waits for a reader that is slower than it; so read all collected
     * streams while a streaming job runs, and execute it with {@code executeAsync}. Closing the
     * iterator does not end the job: the records that are left are dropped.
     */
    public CloseableIterator<T> collectAsync() {
        return environment.collectWhenExecuted(this);
    }

    /** The same through an object that the caller has made. */
    public void collectAsync(Collector<T> collector) {
        collector.iterator = collectAsync();
    }

    /** Where the records of a stream can be had after the program was executed. */
    public static final class Collector<T> {
        private CloseableIterator<T> iterator;

        /**
         * @throws IllegalStateException before {@code collectAsync}
         */
        public CloseableIterator<T> getOutput() {
            if (iterator == null) {
                throw new IllegalStateException(
                        "This collector has no stream. Give it to collectAsync(…) first.");
            }
            return iterator;
        }
    }

    final ClientAndIterator<T> executeWithClient(String jobName) throws Exception {
        CollectedResults<T> results = (CollectedResults<T>) executeAndCollect(jobName);
        return new ClientAndIterator<>(results.job(), results);
    }

    /** Executes the program; the iterator gives the records of this stream and must be closed. */
    public CloseableIterator<T> executeAndCollect() throws Exception {
        return executeAndCollect("DataStream Collect");
    }

    /**
     * Executes the program; the iterator gives the records of this stream and must be closed. One
     * subtask collects, so the records of a stream of one subtask come in their order.
     */
    public CloseableIterator<T> executeAndCollect(String jobExecutionName) throws Exception {
        return CollectedResults.of(
                environment.executor(),
                getType(),
                environment.getUserClassLoader(),
                environment.isBatch(this),
                sink -> {
                    sinkTo(sink).name("Collect").setParallelism(1);
                    return environment.executeAsync(jobExecutionName);
                });
    }

    /** Executes the program until it ends or has given so many records; then it is cancelled. */
    public List<T> executeAndCollect(int limit) throws Exception {
        return executeAndCollect("DataStream Collect", limit);
    }

    /** Executes the program until it ends or has given so many records; then it is cancelled. */
    public List<T> executeAndCollect(String jobExecutionName, int limit) throws Exception {
        if (limit <= 0) {
            throw new IllegalArgumentException("The limit is at least 1, not " + limit + ".");
        }
        try (CloseableIterator<T> results = executeAndCollect(jobExecutionName)) {
            List<T> collected = new ArrayList<>();
            while (collected.size() < limit && results.hasNext()) {
                collected.add(results.next());
            }
            return collected;
        }
    }
}
