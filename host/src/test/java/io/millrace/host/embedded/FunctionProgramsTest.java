package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.OpenContext;
import io.millrace.api.option.Configuration;
import io.millrace.api.serialization.SimpleStringSchema;
import io.millrace.api.sink.CleanupWhenUnsuccessful;
import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.sink.InitializeOnMaster;
import io.millrace.api.sink.RichOutputFormat;
import io.millrace.api.sink.RichSinkFunction;
import io.millrace.api.sink.SinkFunction;
import io.millrace.api.source.FromElementsFunction;
import io.millrace.api.source.NumberSequenceIterator;
import io.millrace.api.source.RichParallelSourceFunction;
import io.millrace.api.source.SourceFunction;
import io.millrace.api.source.StatefulSequenceSource;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.JobStatus;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.testing.Await;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs of source and sink functions on the embedded cluster. */
@Timeout(60)
@SuppressWarnings("deprecation")
class FunctionProgramsTest {
    private static final ConcurrentLinkedQueue<String> SEEN = new ConcurrentLinkedQueue<>();

    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.createLocalEnvironment(2);

    @Test
    void aSourceFunctionsRecordsComeOnceAndInOrder() throws Exception {
        List<Long> collected = new ArrayList<>();
        try (CloseableIterator<Long> results =
                env.setParallelism(1).addSource(new Counting(100_000)).executeAndCollect()) {
            results.forEachRemaining(collected::add);
        }
        assertThat(collected).hasSize(100_000).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void eachSubtaskOfAParallelFunctionKnowsItself() throws Exception {
        assertThat(
                        env.addSource(new WhoAmI(), Types.STRING)
                                .setParallelism(3)
                                .executeAndCollect(10))
                .containsExactlyInAnyOrder("0 of 3", "1 of 3", "2 of 3");
    }

    @Test
    void aFunctionThatIsNotParallelHasOneSubtask() {
        assertThatThrownBy(() -> env.addSource(new Counting(1)).setParallelism(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 2");
    }

    @Test
    void aStatefulSequenceEmitsEachNumberOnce() throws Exception {
        assertThat(
                        env.addSource(new StatefulSequenceSource(5, 1_004), Types.LONG)
                                .setParallelism(3)
                                .executeAndCollect(2_000))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(5, 1_004).boxed().toList());
        assertThat(
                        env.addSource(new StatefulSequenceSource(5, 6), Types.LONG)
                                .setParallelism(3)
                                .executeAndCollect(10))
                .containsExactlyInAnyOrder(5L, 6L);
    }

    @Test
    void elementsOfAFunctionComeInOrderHoweverTheyTravel() throws Exception {
        FromElementsFunction<String> typed = new FromElementsFunction<>("a", "b", "c");
        typed.setOutputType(Types.STRING, env.getConfig());
        env.setParallelism(1);

        assertThat(env.addSource(typed, Types.STRING).executeAndCollect(10))
                .containsExactly("a", "b", "c");
        assertThat(
                        env.addSource(new FromElementsFunction<>(List.of("d", "e")), Types.STRING)
                                .executeAndCollect(10))
                .containsExactly("d", "e");
    }

    @Test
    void elementsThatAreNullAreNamed() {
        assertThatThrownBy(
                        () ->
                                FromElementsFunction.checkCollection(
                                        Arrays.asList("one", null), String.class))
                .hasMessageContaining("Element 1 is null, not a java.lang.String");
    }

    @Test
    void aFunctionMayReuseItsRecord() throws Exception {
        assertThat(env.setParallelism(1).addSource(new Reusing()).executeAndCollect(3))
                .containsExactly(Tuple2.of("a", 0), Tuple2.of("a", 1), Tuple2.of("a", 2));
    }

    @Test
    void aSourceFunctionThatThrowsIsNamed() {
        env.addSource(new Failing(), "Broken Source").addSink(new DiscardingSink<>());
        assertThatThrownBy(env::execute)
                .hasMessageContaining("Source: Broken Source")
                .hasMessageContaining("nothing to read");
    }

    @Test
    void anEndlessFunctionEndsWithItsJob() throws Exception {
        SEEN.clear();
        env.addSource(new Counting(Long.MAX_VALUE)).addSink(new Recording("first"));
        JobClient job = env.executeAsync("endless");
        Await.until("the sink has seen something", SEEN::size, seen -> seen > 0);
        job.cancel().get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> job.getJobExecutionResult().get(30, TimeUnit.SECONDS));
        assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.CANCELED);
    }

    @Test
    void aSinkFunctionHasItsLifeAndContext() throws Exception {
        SEEN.clear();
        env.fromSequence(1, 4).addSink(new Recording("")).setParallelism(1).name("Recording");
        env.execute();
        assertThat(SEEN).containsExactlyInAnyOrder("open", "1", "2", "3", "4", "finish", "close");
    }

    @Test
    void aSinkFunctionThatThrowsIsNamed() {
        env.fromSequence(1, 4).addSink(new Recording("invoke")).name("Broken Sink");
        assertThatThrownBy(env::execute)
                .hasMessageContaining("Sink: Broken Sink")
                .hasMessageContaining("failed in invoke");
    }

    @Test
    void aSinkFunctionThatThrowsWhenItIsClosedFailsTheJob() {
        env.fromSequence(1, 4).addSink(new Recording("close")).name("Broken Sink");
        assertThatThrownBy(env::execute)
                .hasMessageContaining("Sink: Broken Sink")
                .hasMessageContaining("failed in close");
    }

    @Test
    void anOutputFormatHasItsLifeAndKnowsItsSubtask() throws Exception {
        SEEN.clear();
        env.fromSequence(1, 2).writeUsingOutputFormat(new Noting()).setParallelism(1);
        env.execute();
        assertThat(SEEN.peek()).isEqualTo("configure");
        assertThat(SEEN).containsExactlyInAnyOrder("configure", "open 0 of 1", "1", "2", "close");
    }

    @Test
    void anOutputFormatThatFailsRemovesWhatItWrote() {
        SEEN.clear();
        env.fromSequence(1, 2).writeUsingOutputFormat(new Breaking()).setParallelism(1);

        assertThatThrownBy(env::execute).hasMessageContaining("nothing to write to");
        assertThat(SEEN)
                .containsExactly("configure", "once for 1", "open 0 of 1", "close", "removed");
    }

    /** Fails, and says what else was called. */
    private static final class Breaking extends Noting
            implements InitializeOnMaster, CleanupWhenUnsuccessful {
        private static final long serialVersionUID = 1L;

        @Override
        public void initializeGlobal(int parallelism) {
            SEEN.add("once for " + parallelism);
        }

        @Override
        public void writeRecord(Long record) {
            throw new IllegalStateException("nothing to write to");
        }

        @Override
        public void tryCleanupOnError() {
            SEEN.add("removed");
        }
    }

    @Test
    void aParallelCollectionIsReadOnceAlsoInBatchMode() throws Exception {
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        assertThat(
                        env.fromParallelCollection(new NumberSequenceIterator(1, 100), Types.LONG)
                                .executeAndCollect(1_000))
                .hasSize(100)
                .doesNotHaveDuplicates();
    }

    @Test
    void linesGoFromOneSocketToAnother() throws Exception {
        try (ServerSocket in = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
                ServerSocket out = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            Thread sender =
                    new Thread(
                            () -> {
                                try (Socket connection = in.accept()) {
                                    connection
                                            .getOutputStream()
                                            .write("a\nb\n".getBytes(StandardCharsets.UTF_8));
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            sender.start();
            env.setParallelism(1);
            env.socketTextStream("127.0.0.1", in.getLocalPort())
                    .map(line -> line + "!")
                    .returns(Types.STRING)
                    .writeToSocket("127.0.0.1", out.getLocalPort(), new SimpleStringSchema());
            JobClient job = env.executeAsync("sockets");
            try (Socket connection = out.accept()) {
                assertThat(new String(connection.getInputStream().readAllBytes(), "UTF-8"))
                        .isEqualTo("a!b!");
            }
            job.getJobExecutionResult().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aSocketSinkWithoutAnotherSideIsNamed() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0)) {
            port = server.getLocalPort();
        }
        env.fromData("a").writeToSocket("127.0.0.1", port, new SimpleStringSchema());
        assertThatThrownBy(env::execute).hasMessageContaining("127.0.0.1:" + port);
    }

    /** The numbers from 0 on. */
    private static final class Counting implements SourceFunction<Long> {
        private static final long serialVersionUID = 1L;

        private final long count;
        private volatile boolean canceled;

        Counting(long count) {
            this.count = count;
        }

        @Override
        public void run(SourceContext<Long> ctx) {
            for (long i = 0; i < count && !canceled; i++) {
                synchronized (ctx.getCheckpointLock()) {
                    ctx.collect(i);
                }
            }
        }

        @Override
        public void cancel() {
            canceled = true;
        }
    }

    /** Emits which subtask it is. */
    private static final class WhoAmI extends RichParallelSourceFunction<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void run(SourceContext<String> ctx) {
            ctx.collect(
                    getRuntimeContext().getTaskInfo().getIndexOfThisSubtask()
                            + " of "
                            + getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks());
        }

        @Override
        public void cancel() {}
    }

    /** Emits one object again and again. */
    private static final class Reusing implements SourceFunction<Tuple2<String, Integer>> {
        private static final long serialVersionUID = 1L;

        @Override
        public void run(SourceContext<Tuple2<String, Integer>> ctx) {
            Tuple2<String, Integer> record = Tuple2.of("a", 0);
            for (int i = 0; i < 3; i++) {
                record.f1 = i;
                ctx.collect(record);
            }
        }

        @Override
        public void cancel() {}
    }

    /** Throws. */
    private static final class Failing implements SourceFunction<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void run(SourceContext<String> ctx) throws Exception {
            throw new IOException("nothing to read");
        }

        @Override
        public void cancel() {}
    }

    /** Says what was called, and fails where it is told to. */
    private static final class Recording extends RichSinkFunction<Long> {
        private static final long serialVersionUID = 1L;

        private final String failsIn;

        Recording(String failsIn) {
            this.failsIn = failsIn;
        }

        @Override
        public void open(OpenContext openContext) {
            record("open");
        }

        @Override
        public void invoke(Long value, SinkFunction.Context context) throws IOException {
            record(value.toString());
            failIn("invoke");
        }

        @Override
        public void finish() {
            record("finish");
        }

        @Override
        public void close() throws IOException {
            record("close");
            failIn("close");
        }

        private void failIn(String place) throws IOException {
            if (failsIn.equals(place)) {
                throw new IOException("failed in " + place);
            }
        }

        private void record(String call) {
            if (failsIn.isEmpty() || (failsIn.equals("first") && SEEN.isEmpty())) {
                SEEN.add(call);
            }
        }
    }

    /** Says what was called. */
    private static class Noting extends RichOutputFormat<Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public void configure(Configuration parameters) {
            SEEN.add("configure");
        }

        @Override
        public void open(int taskNumber, int numTasks) {
            SEEN.add("open " + taskNumber + " of " + numTasks);
        }

        @Override
        public void writeRecord(Long record) {
            SEEN.add(record.toString());
        }

        @Override
        public void close() {
            SEEN.add("close");
        }
    }
}
