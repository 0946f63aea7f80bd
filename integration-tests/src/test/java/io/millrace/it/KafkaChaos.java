package io.millrace.it;

import io.millrace.api.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The command {@code bin/chaos kafka [RECORDS]}: a job on YARN copies a topic to another one and to
 * files while its workers are killed, every ten seconds, and its application master at times.
 * Judged by readers that share no code with the engine: one of committed records beside the job,
 * one after it, and one of the files. Ends with 1 if anything is lost, doubled or left behind.
 *
 * <p>{@code [RECORDS] [--rate 50000] [--every 10] [--masters 2] [--seed 1] [--broker JARS]
 * [--attach]}: how many records, how many come each second, seconds between two kills, how often it
 * is the application master; the jars of another broker than the sandbox's own; {@code --attach}
 * takes the sandbox of a run that was broken off.
 */
final class KafkaChaos implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration SETTLE = Duration.ofSeconds(30);

    private final Sandbox sandbox;
    private final Plan plan;
    private final KafkaCopyJob job;
    private Millrace.Running running;

    /** What was asked for. Immutable. */
    private record Plan(
            int records,
            int perSecond,
            int everySeconds,
            int masters,
            long seed,
            List<String> sandbox,
            boolean attach) {
        static Plan of(List<String> arguments) {
            int records = 10_000_000;
            int perSecond = 50_000;
            int everySeconds = 10;
            int masters = 2;
            long seed = 1;
            List<String> sandbox = List.of("--kafka");
            boolean attach = false;
            for (int i = 0; i < arguments.size(); i++) {
                switch (arguments.get(i)) {
                    case "--rate" -> perSecond = Integer.parseInt(arguments.get(++i));
                    case "--every" -> everySeconds = Integer.parseInt(arguments.get(++i));
                    case "--masters" -> masters = Integer.parseInt(arguments.get(++i));
                    case "--seed" -> seed = Long.parseLong(arguments.get(++i));
                    case "--broker" -> sandbox = Sandbox.withKafkaOf(arguments.get(++i));
                    case "--attach" -> attach = true;
                    default -> records = Integer.parseInt(arguments.get(i));
                }
            }
            return new Plan(records, perSecond, everySeconds, masters, seed, sandbox, attach);
        }
    }

    private KafkaChaos(Sandbox sandbox, Plan plan) {
        this.sandbox = sandbox;
        this.plan = plan;
        this.job =
                KafkaCopyJob.created(sandbox, "copy-" + System.currentTimeMillis(), plan.records());
    }

    static boolean run(List<String> arguments) {
        Plan plan = Plan.of(arguments);
        Path directory = Millrace.CHECKOUT.resolve("integration-tests/target/kafka-chaos-sandbox");
        String[] start = plan.sandbox().toArray(String[]::new);
        try (Sandbox sandbox = new Sandbox(directory, !plan.attach(), start);
                KafkaChaos chaos = new KafkaChaos(sandbox, plan)) {
            return chaos.run();
        }
    }

    private boolean run() {
        SequenceTally during = job.tally();
        SequenceTally after = job.tally();
        SequenceTally files = job.tally();
        long began = System.nanoTime();
        running = start();
        Kills kills;
        try (KafkaFill fill = job.fill(plan.perSecond());
                KafkaFollower follower = job.to().follow(during::add)) {
            kills = new Kills(sandbox, job.checkpoints(), plan.masters(), plan.seed());
            kills.untilEnd(running, Duration.ofSeconds(plan.everySeconds()), limit());
            Millrace.Outcome outcome = running.await(LIMIT);
            System.out.println("the job ended with " + outcome.exitCode());
            if (outcome.exitCode() != 0) {
                System.out.println(outcome);
            }
            fill.await();
            Await.until("all is decided", SETTLE, job.to()::undecided, List::isEmpty);
            follower.finish();
            job.to().readCommitted(after::add);
            List<String> left = job.readFiles(files);
            left.addAll(job.to().openTransactions());
            double seconds = (System.nanoTime() - began) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "records %,d in %.0f s, kills: %s%n",
                    plan.records(),
                    seconds,
                    kills);
            System.out.println("topic, reader beside the job: " + during);
            System.out.println("topic, reader after the job:  " + after);
            System.out.println("files:                        " + files);
            System.out.println("left behind: " + left);
            return outcome.exitCode() == 0
                    && during.isExact()
                    && after.isExact()
                    && files.isExact()
                    && left.isEmpty();
        }
    }

    /** Four times what the records need to come, and ten minutes. */
    private Duration limit() {
        return LIMIT.plusSeconds(4L * plan.records() / plan.perSecond());
    }

    private Millrace.Running start() {
        return job.start(
                2,
                List.of(),
                List.of(
                        "worker.slots=1", // two workers, one of which lives on
                        "yarn.max-attempts=" + (plan.masters() + 1),
                        "restart.strategy=fixed-delay",
                        "restart.attempts=100000",
                        "restart.delay=200 ms"),
                List.of());
    }

    @Override
    public void close() {
        if (running != null) {
            running.close();
        }
    }
}
