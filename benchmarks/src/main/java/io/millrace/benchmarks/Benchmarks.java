package io.millrace.benchmarks;

import io.millrace.benchmarks.batch.BatchMeasures;
import io.millrace.benchmarks.updates.CheckpointMeasures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The command {@code bin/benchmarks}. */
public final class Benchmarks {
    private static final String USAGE =
            """
            bin/benchmarks list                  the workloads
            bin/benchmarks run NAME…             those whose names begin so; the table, and target/today.json
            bin/benchmarks all                   all that are compared with Flink, but for those on state
            bin/benchmarks state                 those on keyed state and timers
            bin/benchmarks heap NAME             the smallest heaps in which a workload's engines finish it
            bin/benchmarks threads               work loops against a thread for each task
            bin/benchmarks compare               the last figures beside docs/benchmarks/recorded.json
            bin/benchmarks record                makes the last figures the recorded ones
            bin/benchmarks files INPUT [embedded|cluster|all] [RUNS]   WordCount of files
            bin/benchmarks files copy[=ROWS] hdfs[=ROWS] many[=FILES] [rounds=3] [millrace|flink]   JSON lines to Parquet, here and on HDFS; many small files
            bin/benchmarks files watch[=FILES] [millrace|flink]   10,000 files appear in a directory that a job watches
            bin/benchmarks checkpoints [NAME…]   stall, throughput, increment, recovery, slow-sink, savepoint; millrace or flink
            bin/benchmarks batch [NAME[=SIZE]…] [scale=0.1] [rounds=3] [memory=1024] [minutes=120] [millrace|flink|spark]
                                                 batch jobs on Millrace, Flink and Spark
            bin/benchmarks kafka [NAME…] [records=3000000] [rounds=3] [broker=JARS]   from topic to topic: copy, latency, discovery
            bin/benchmarks submission [TIMES]    from the command to a running job, on the sandbox
            BENCHMARK_ROUNDS counts rounds after the cold one; 5 without it.\
            """;

    private final Setup setup;
    private final Path today;
    private final Path baseline;
    private final Table table = new Table(System.out);

    private Benchmarks(Setup setup) {
        this.setup = setup;
        this.today = setup.checkout().resolve("benchmarks/target/today.json");
        this.baseline = setup.checkout().resolve("docs/benchmarks/recorded.json");
    }

    /**
     * @param args the checkout, then a command and its arguments
     */
    public static void main(String[] args) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(Benchmarks::endEngines, "end-engines"));
        Setup setup = Setup.ofCheckout(Path.of(args[0]).toAbsolutePath().normalize());
        List<String> rest = Arrays.asList(args).subList(Math.min(2, args.length), args.length);
        Benchmarks benchmarks = new Benchmarks(setup);
        switch (args.length > 1 ? args[1] : "") {
            case "list" -> list();
            case "run" -> benchmarks.run(Workloads.named(rest));
            case "all" -> benchmarks.run(Workloads.main());
            case "state" -> benchmarks.run(StateWorkloads.all());
            case "heap" -> benchmarks.heap(rest);
            case "threads" -> benchmarks.run(Workloads.threads());
            case "compare" -> benchmarks.compare();
            case "record" -> benchmarks.record();
            case "files" -> FileMeasures.run(setup, rest);
            case "checkpoints" -> CheckpointMeasures.run(setup, rest);
            case "kafka" -> KafkaMeasures.run(setup, rest);
            case "batch" -> BatchMeasures.run(setup, rest);
            case "submission" ->
                    SubmissionTimes.run(setup, rest.isEmpty() ? 4 : Integer.parseInt(rest.get(0)));
            default -> {
                System.err.println(USAGE);
                System.exit(2);
            }
        }
    }

    /** Whoever stops a measurement half-way does not want its engines to run on. */
    private static void endEngines() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
    }

    private static void list() {
        for (Workload workload : Workloads.compared()) {
            System.out.printf("%-18s %s%n", workload.name(), workload.about());
        }
        for (Workload workload : Workloads.threads()) {
            System.out.printf("%-18s %s%n", workload.name(), workload.about());
        }
    }

    private void run(List<Workload> workloads) throws IOException {
        String rounds = System.getenv("BENCHMARK_ROUNDS");
        Contest contest = new Contest(setup, rounds == null ? 5 : Integer.parseInt(rounds));
        Recorded results = Recorded.in(today);
        table.head();
        for (Workload workload : workloads) {
            for (int parallelism : workload.parallelisms()) {
                Outcome outcome = contest.hold(workload, parallelism);
                table.rows(outcome);
                results.put(outcome);
            }
        }
    }

    private void heap(List<String> names) throws IOException {
        for (Workload workload : Workloads.named(names)) {
            for (Contestant contestant : workload.contestants()) {
                if (!contestant.isPlain()) {
                    int megabytes = new SmallestHeap(setup, workload, contestant).find();
                    System.out.println(
                            workload.name()
                                    + ": "
                                    + contestant.label()
                                    + " needs "
                                    + megabytes
                                    + " MB");
                }
            }
        }
    }

    private void compare() throws IOException {
        Recorded recorded = Recorded.in(baseline);
        table.headBeside();
        for (Outcome outcome : Recorded.in(today).outcomes()) {
            table.beside(outcome, recorded.find(outcome.workload(), outcome.parallelism()));
        }
    }

    private void record() throws IOException {
        Recorded recorded = Recorded.in(baseline);
        for (Outcome outcome : Recorded.in(today).outcomes()) {
            recorded.put(outcome);
        }
    }
}
