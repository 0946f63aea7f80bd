package io.millrace.api.dataset;

import io.millrace.api.file.FileSystem.WriteMode;
import io.millrace.api.function.FilterFunction;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.GroupReduceFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.MapPartitionFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.sink.OutputFormat;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.KeyedStream;
import io.millrace.api.stream.Order;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Records that end: a bounded stream in batch mode by an older name. Where the program is built;
 * nothing runs until the environment is executed, but for {@link #collect}, {@link #count} and
 * {@link #print}, which execute the program as it is then. Not thread-safe.
 *
 * @param <T> records
 */
public abstract class DataSet<T> {
    private final ExecutionEnvironment env;
    private final DataStream<T> stream;

    DataSet(ExecutionEnvironment env, DataStream<T> stream) {
        this.env = env;
        this.stream = stream;
        env.add(stream);
    }

    public ExecutionEnvironment getExecutionEnvironment() {
        return env;
    }

    /** The same records as a stream. */
    public DataStream<T> stream() {
        return stream;
    }

    /** Null if the type is erased and will be found from the records. */
    public TypeInformation<T> getType() {
        return stream.getType();
    }

    public <R> MapOperator<T, R> map(MapFunction<T, R> mapper) {
        return new MapOperator<>(env, stream.map(mapper));
    }

    public <R> FlatMapOperator<T, R> flatMap(FlatMapFunction<T, R> flatMapper) {
        return new FlatMapOperator<>(env, stream.flatMap(flatMapper));
    }

    public FilterOperator<T> filter(FilterFunction<T> filter) {
        return new FilterOperator<>(env, stream.filter(filter));
    }

    /** Calls the function once for each subtask, with all of its records. */
    public <R> MapPartitionOperator<T, R> mapPartition(MapPartitionFunction<T, R> mapPartition) {
        return new MapPartitionOperator<>(
                env, stream.fullWindowPartition().mapPartition(mapPartition));
    }

    public UnionOperator<T> union(DataSet<T> other) {
        return new UnionOperator<>(env, stream.union(other.stream));
    }

    /** Pairs of records that have the same key. */
    public <R> JoinOperator.JoinOperatorSets<T, R> join(DataSet<R> other) {
        return new JoinOperator.JoinOperatorSets<>(this, other);
    }

    /** Deals the records evenly. */
    public PartitionOperator<T> rebalance() {
        return new PartitionOperator<>(env, stream.rebalance());
    }

    /**
     * Sorts within each subtask.
     *
     * @param field of a tuple, from 0
     */
    public SortPartitionOperator<T> sortPartition(int field, Order order) {
        return new SortPartitionOperator<>(
                env, stream.fullWindowPartition().sortPartition(field, order));
    }

    public SortPartitionOperator<T> sortPartition(String field, Order order) {
        return new SortPartitionOperator<>(
                env, stream.fullWindowPartition().sortPartition(field, order));
    }

    public <K> SortPartitionOperator<T> sortPartition(KeySelector<T, K> keyExtractor, Order order) {
        return new SortPartitionOperator<>(
                env, stream.fullWindowPartition().sortPartition(keyExtractor, order));
    }

    /** Each record once; records are compared whole. */
    public DistinctOperator<T> distinct() {
        return distinctOf(stream.keyBy(new Grouping.WholeRecord<>(), getType()));
    }

    /** One record of each key; which one is not said. */
    public <K> DistinctOperator<T> distinct(KeySelector<T, K> keyExtractor) {
        return distinctOf(stream.keyBy(keyExtractor));
    }

    /** One record of each combination of fields of a tuple, from 0. */
    public DistinctOperator<T> distinct(int... fields) {
        return distinctOf(stream.keyBy(fields));
    }

    public DistinctOperator<T> distinct(String... fields) {
        return distinctOf(stream.keyBy(fields));
    }

    private DistinctOperator<T> distinctOf(KeyedStream<T, ?> keyed) {
        return new DistinctOperator<>(
                env, keyed.reduce(new Grouping.KeepFirst<>()).name("Distinct"));
    }

    public <K> UnsortedGrouping<T> groupBy(KeySelector<T, K> keyExtractor) {
        return new UnsortedGrouping<>(env, stream.keyBy(keyExtractor), getType());
    }

    /** By fields of a tuple, from 0. */
    public UnsortedGrouping<T> groupBy(int... fields) {
        return new UnsortedGrouping<>(env, stream.keyBy(fields), getType());
    }

    /** By fields by name. */
    public UnsortedGrouping<T> groupBy(String... fields) {
        return new UnsortedGrouping<>(env, stream.keyBy(fields), getType());
    }

    /** Folds all records into one; no record gives none. */
    public ReduceOperator<T> reduce(ReduceFunction<T> reducer) {
        DataStream<T> parts = stream.fullWindowPartition().reduce(reducer);
        return new ReduceOperator<>(
                env,
                parts.global()
                        .fullWindowPartition()
                        .reduce(reducer)
                        .setParallelism(1)
                        .name("Reduce"));
    }

    /** Calls the function once with all records, in one subtask; without records not at all. */
    public <R> GroupReduceOperator<T, R> reduceGroup(GroupReduceFunction<T, R> reducer) {
        return new GroupReduceOperator<>(
                env,
                Grouping.reduceGroups(stream.global().fullWindowPartition(), reducer, getType())
                        .setParallelism(1));
    }

    /** Calls the function once with all records, in one subtask. */
    <R> MapPartitionOperator<T, R> onePartition(MapPartitionFunction<T, R> mapPartition) {
        return new MapPartitionOperator<>(
                env,
                stream.global().fullWindowPartition().mapPartition(mapPartition).setParallelism(1));
    }

    /** So many records, any of them; all if there are fewer. */
    public GroupReduceOperator<T, T> first(int n) {
        Grouping.First<T> first = new Grouping.First<>(n);
        DataStream<T> parts = Grouping.reduceGroups(stream.fullWindowPartition(), first, getType());
        return new GroupReduceOperator<>(
                env,
                Grouping.reduceGroups(parts.global().fullWindowPartition(), first, getType())
                        .setParallelism(1)
                        .name("First " + n));
    }

    /**
     * One record with the sum of a field; the other fields are those of one of the records.
     *
     * @param field of a tuple, from 0
     */
    public AggregateOperator<T> sum(int field) {
        return new AggregateOperator<>(env, asOneGroup().sum(field).setParallelism(1));
    }

    /** The same with the least value of the field. */
    public AggregateOperator<T> min(int field) {
        return new AggregateOperator<>(env, asOneGroup().min(field).setParallelism(1));
    }

    /** The same with the greatest value of the field. */
    public AggregateOperator<T> max(int field) {
        return new AggregateOperator<>(env, asOneGroup().max(field).setParallelism(1));
    }

    private KeyedStream<T, Integer> asOneGroup() {
        return stream.keyBy(new Grouping.All<>(), Types.INT);
    }

    /** Executes the program as it is, and gives these records; they have to fit into memory. */
    public List<T> collect() throws Exception {
        return collected(stream, "Collect");
    }

    /** Executes the program as it is, and says how many records there are. */
    public long count() throws Exception {
        long count = 0;
        for (Long part :
                collected(
                        stream.fullWindowPartition()
                                .aggregate(new Grouping.Count<T>())
                                .returns(Types.LONG),
                        "Count")) {
            count += part;
        }
        return count;
    }

    /* The iterator alone would not wait for what else the program writes. */
    private <X> List<X> collected(DataStream<X> records, String jobName) throws Exception {
        List<X> all = new ArrayList<>();
        try (CloseableIterator<X> results = records.collectAsync()) {
            JobClient job = env.executeAsync(jobName);
            results.forEachRemaining(all::add);
            env.await(job);
        }
        return all;
    }

    /** Executes the program as it is, and prints these records where {@code main()} runs. */
    public void print() throws Exception {
        collect().forEach(System.out::println);
    }

    /** The same to the standard error stream. */
    public void printToErr() throws Exception {
        collect().forEach(System.err::println);
    }

    /** Prints in the tasks when the program is executed. */
    public DataSink<T> printOnTaskManager(String prefix) {
        return new DataSink<>(stream.print(prefix));
    }

    /** Writes when the program is executed. */
    public DataSink<T> output(OutputFormat<T> outputFormat) {
        return new DataSink<>(
                stream.writeUsingOutputFormat(
                        Objects.requireNonNull(outputFormat, "output format")));
    }

    /** A line for each record when the program is executed; the file must not exist. */
    public DataSink<T> writeAsText(String filePath) {
        return new DataSink<>(stream.writeAsText(filePath));
    }

    public DataSink<T> writeAsText(String filePath, WriteMode writeMode) {
        return new DataSink<>(stream.writeAsText(filePath, writeMode));
    }
}
