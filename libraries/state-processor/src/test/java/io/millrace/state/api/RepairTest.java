package io.millrace.state.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.option.Configuration;
import io.millrace.api.source.SourceFunction;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import io.millrace.state.api.function.KeyedStateBootstrapFunction;
import io.millrace.state.api.function.KeyedStateReaderFunction;
import io.millrace.testutils.CollectingSink;
import io.millrace.testutils.MiniClusterExtension;
import io.millrace.testutils.MiniClusterResourceConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job is stopped, one key is put right by a bounded job, and the job goes on. */
@Timeout(90)
class RepairTest {
    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void aJobGoesOnWithTheRepairedValueOfOneKey(String backend) throws Exception {
        String stopped = runAndStop(backend, null, 2, 20, "k7=1000000077");
        String repaired = directory.resolve("repaired").toUri().toString();

        StreamExecutionEnvironment env = environment(backend, null).setParallelism(3);
        SavepointReader reader = SavepointReader.read(env, stopped);
        DataStream<Tuple2<String, Long>> balances =
                reader.readKeyedState(OperatorIdentifier.forUid("balances"), new ReadBalance())
                        .map(each -> each.f0.equals("k7") ? Tuple2.of("k7", 77L) : each)
                        .returns(Types.TUPLE(Types.STRING, Types.LONG));
        SavepointWriter.fromExistingSavepoint(env, stopped)
                .removeOperator(OperatorIdentifier.forUid("balances"))
                .withOperator(
                        OperatorIdentifier.forUid("balances"),
                        OperatorTransformation.bootstrapWith(balances)
                                .keyBy(each -> each.f0, Types.STRING)
                                .transform(new WriteBalance()))
                .write(repaired);
        env.execute();

        runAndStop(backend, repaired, 4, 10, "k7=84");
    }

    /** The formatter may break lines elsewhere than the page does. */
    @Test
    void theProgramOnThePageIsThisOne() throws Exception {
        Path checkout = Path.of("").toAbsolutePath();
        while (!Files.exists(checkout.resolve("docs/savepoints.md"))) {
            checkout = checkout.getParent();
        }
        String own =
                Files.readString(
                        checkout.resolve(
                                "libraries/state-processor/src/test/java/"
                                        + getClass().getName().replace('.', '/')
                                        + ".java"));
        String page = Files.readString(checkout.resolve("docs/savepoints.md"));
        String section = page.split("## Repair one key")[1].split("\n## ")[0];
        String[] blocks = section.split("```java");

        assertThat(blocks).hasSize(4);
        for (int i = 1; i < blocks.length; i++) {
            String block = blocks[i].substring(0, blocks[i].indexOf("```"));
            assertThat(own.replaceAll("\\s+", "")).contains(block.replaceAll("\\s+", ""));
        }
    }

    private StreamExecutionEnvironment environment(String backend, String from) {
        Configuration options = new Configuration();
        options.setString("state.backend.type", backend);
        options.setString("restart-strategy.type", "none");
        if (from != null) {
            options.setString("execution.state-recovery.path", from);
        }
        return StreamExecutionEnvironment.getExecutionEnvironment(options);
    }

    /** Until it has given a text; the first job adds a wrong number. */
    private String runAndStop(
            String backend, String from, int parallelism, int numbers, String until)
            throws Exception {
        StreamExecutionEnvironment env = environment(backend, from).setParallelism(parallelism);
        try (CollectingSink<String> sink = new CollectingSink<>()) {
            env.addSource(
                            new Payments(numbers, from == null),
                            Types.TUPLE(Types.STRING, Types.LONG))
                    .uid("payments")
                    .setParallelism(1)
                    .keyBy(each -> each.f0, Types.STRING)
                    .process(new Balance())
                    .returns(Types.STRING)
                    .uid("balances")
                    .sinkTo(sink);
            JobClient job = env.executeAsync();
            while (sink.results().size() < numbers) {
                if (job.getJobStatus().get().isGloballyTerminalState()) {
                    throw new AssertionError("ended: " + job.getJobExecutionResult().get());
                }
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(sink.results()).contains(until, from == null ? "k3=46" : "k3=49");
            return job.stopWithSavepoint(
                            false,
                            directory.resolve("stopped").toUri().toString(),
                            SavepointFormatType.CANONICAL)
                    .get();
        }
    }

    /**
     * A payment of each of ten keys, in turn: its digit, and 30 more to each in the second round.
     */
    private static final class Payments implements SourceFunction<Tuple2<String, Long>> {
        private static final long serialVersionUID = 1L;

        private final int count;
        private final boolean wrong;
        private volatile boolean cancelled;

        Payments(int count, boolean wrong) {
            this.count = count;
            this.wrong = wrong;
        }

        @Override
        public void run(SourceContext<Tuple2<String, Long>> context) {
            for (int number = 0; number < count; number++) {
                long digit = number % 10;
                long amount = digit == 3 && number >= 10 ? 43 : digit;
                boolean isWrong = wrong && digit == 7 && number >= 10;
                context.collect(Tuple2.of("k" + digit, isWrong ? 1_000_000_070L : amount));
            }
            while (!cancelled) {
                LockSupport.parkNanos(1_000_000);
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    private static ValueStateDescriptor<Long> balance() {
        return new ValueStateDescriptor<>("balance", Types.LONG);
    }

    private static final class Balance
            extends KeyedProcessFunction<String, Tuple2<String, Long>, String> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<Long> balance;

        @Override
        public void open(OpenContext context) {
            balance = getRuntimeContext().getState(balance());
        }

        @Override
        public void processElement(
                Tuple2<String, Long> payment, Context context, Collector<String> out)
                throws Exception {
            long before = balance.value() == null ? 0 : balance.value();
            balance.update(before + payment.f1);
            out.collect(payment.f0 + "=" + balance.value());
        }
    }

    private static final class ReadBalance
            extends KeyedStateReaderFunction<String, Tuple2<String, Long>> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<Long> balance;

        @Override
        public void open(OpenContext context) {
            balance = getRuntimeContext().getState(balance());
        }

        @Override
        public void readKey(String key, Context context, Collector<Tuple2<String, Long>> out)
                throws Exception {
            out.collect(Tuple2.of(key, balance.value()));
        }
    }

    private static final class WriteBalance
            extends KeyedStateBootstrapFunction<String, Tuple2<String, Long>> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<Long> balance;

        @Override
        public void open(OpenContext context) {
            balance = getRuntimeContext().getState(balance());
        }

        @Override
        public void processElement(Tuple2<String, Long> each, Context context) throws Exception {
            balance.update(each.f1);
        }
    }
}
