package io.millrace.api.dataset;

import io.millrace.api.input.InputFormat;
import io.millrace.api.option.Configuration;
import io.millrace.api.option.ReadableConfig;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.DataStreamSource;
import io.millrace.api.stream.EngineStreams;
import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.JobExecutionResult;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/**
 * Where a program of data sets begins: a {@link StreamExecutionEnvironment} in batch mode by an
 * older name. Nothing runs until {@link #execute}, or until a data set is collected, counted or
 * printed, and then what leads to a sink. Not thread-safe; used by the thread that runs {@code
 * main()}.
 */
public class ExecutionEnvironment {
    private final StreamExecutionEnvironment streams;
    private final List<DataStream<?>> dataSets = new ArrayList<>();
    private JobExecutionResult lastResult; // null: nothing has run yet

    ExecutionEnvironment(StreamExecutionEnvironment streams) {
        this.streams = streams.setRuntimeMode(RuntimeExecutionMode.BATCH);
    }

    /**
     * On the cluster that the program was submitted to; in this process if it was started plainly.
     */
    public static ExecutionEnvironment getExecutionEnvironment() {
        return new ExecutionEnvironment(StreamExecutionEnvironment.getExecutionEnvironment());
    }

    /** In this process, wherever the program was submitted to. */
    public static LocalEnvironment createLocalEnvironment() {
        return new LocalEnvironment(StreamExecutionEnvironment.createLocalEnvironment());
    }

    public static LocalEnvironment createLocalEnvironment(int parallelism) {
        return new LocalEnvironment(StreamExecutionEnvironment.createLocalEnvironment(parallelism));
    }

    public static LocalEnvironment createLocalEnvironment(Configuration customConfiguration) {
        return new LocalEnvironment(
                StreamExecutionEnvironment.createLocalEnvironment(customConfiguration));
    }

    public static int getDefaultLocalParallelism() {
        return StreamExecutionEnvironment.getDefaultLocalParallelism();
    }

    /**
     * Sets the parallelism of programs in this process that set none.
     *
     * @param parallelism at least 1
     */
    public static void setDefaultLocalParallelism(int parallelism) {
        StreamExecutionEnvironment.setDefaultLocalParallelism(parallelism);
    }

    /** The same environment with all that streams can do. */
    public StreamExecutionEnvironment streams() {
        return streams;
    }

    public ExecutionConfig getConfig() {
        return streams.getConfig();
    }

    /** Everything that is set, also what the command line gave. */
    public ReadableConfig getConfiguration() {
        return streams.getConfiguration();
    }

    public void configure(ReadableConfig configuration, ClassLoader classLoader) {
        streams.configure(configuration, classLoader);
    }

    public void setParallelism(int parallelism) {
        streams.setParallelism(parallelism);
    }

    public int getParallelism() {
        return streams.getParallelism();
    }

    public void registerCachedFile(String filePath, String name) {
        streams.registerCachedFile(filePath, name);
    }

    public void registerCachedFile(String filePath, String name, boolean executable) {
        streams.registerCachedFile(filePath, name, executable);
    }

    @SafeVarargs
    public final <X> DataSource<X> fromElements(X... data) {
        return source(streams.fromData(data));
    }

    /**
     * @param type of all of them
     */
    @SafeVarargs
    public final <X> DataSource<X> fromElements(Class<X> type, X... data) {
        return source(streams.fromData(type, data));
    }

    public <X> DataSource<X> fromCollection(Collection<X> data) {
        return source(streams.fromData(data));
    }

    public <X> DataSource<X> fromCollection(Collection<X> data, TypeInformation<X> type) {
        return source(streams.fromData(data, type));
    }

    /**
     * @param data serializable
     */
    public <X> DataSource<X> fromCollection(Iterator<X> data, Class<X> type) {
        return source(streams.fromCollection(data, type));
    }

    /**
     * @param data serializable
     */
    public <X> DataSource<X> fromCollection(Iterator<X> data, TypeInformation<X> type) {
        return source(streams.fromCollection(data, type));
    }

    /** The numbers from {@code from} to {@code to}, both included. */
    public DataSource<Long> generateSequence(long from, long to) {
        return source(streams.fromSequence(from, to));
    }

    /** The lines of a file, or of all files of a directory, in UTF-8. */
    public DataSource<String> readTextFile(String filePath) {
        return source(streams.readTextFile(filePath));
    }

    public DataSource<String> readTextFile(String filePath, String charsetName) {
        return source(streams.readTextFile(filePath, charsetName));
    }

    public <X> DataSource<X> createInput(InputFormat<X, ?> inputFormat) {
        return createInput(inputFormat, TypeExtractor.getInputFormatTypes(inputFormat));
    }

    public <X> DataSource<X> createInput(
            InputFormat<X, ?> inputFormat, TypeInformation<X> producedType) {
        return source(streams.createInput(inputFormat, producedType));
    }

    private <X> DataSource<X> source(DataStreamSource<X> source) {
        return new DataSource<>(this, source);
    }

    /** Runs what has been written to sinks, under the configured name, and waits for its end. */
    public JobExecutionResult execute() throws Exception {
        return remember(read().execute());
    }

    public JobExecutionResult execute(String jobName) throws Exception {
        return remember(read().execute(Objects.requireNonNull(jobName, "name of the job")));
    }

    /** Starts what has been written to sinks. */
    public JobClient executeAsync() throws Exception {
        return read().executeAsync();
    }

    public JobClient executeAsync(String jobName) throws Exception {
        return read().executeAsync(Objects.requireNonNull(jobName, "name of the job"));
    }

    public String getExecutionPlan() {
        return read().getExecutionPlan();
    }

    /**
     * @return of the job that has finished last; null if none has
     */
    public JobExecutionResult getLastJobExecutionResult() {
        return lastResult;
    }

    /** Unlike an operator on streams, a data set that nobody reads is not computed. */
    void add(DataStream<?> dataSet) {
        dataSets.add(dataSet);
    }

    private StreamExecutionEnvironment read() {
        EngineStreams.dropUnread(streams, dataSets);
        return streams;
    }

    /** Waits until a job that this environment has started is over. */
    void await(JobClient job) throws Exception {
        try {
            remember(job.getJobExecutionResult().get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    private JobExecutionResult remember(JobExecutionResult result) {
        lastResult = result;
        return result;
    }
}
