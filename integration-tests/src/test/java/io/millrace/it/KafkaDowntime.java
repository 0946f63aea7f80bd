package io.millrace.it;

import io.millrace.api.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/**
 * The command {@code bin/chaos kafka-downtime [--broker JARS]}: jobs on YARN are down for longer
 * than their transactions may be open, with the brokers' real time-out, between the checkpoint that
 * promised them and the commit. Ends with 1 if anything is lost without a word.
 *
 * <p>Time-outs that are too short or too long for the brokers must be refused at the start. A job
 * whose promised transactions were aborted must end with {@code DATA_LOSS}, as often as it is
 * started, and name exactly what readers of committed records do not see; one whose transactions
 * were committed, though nobody knew, must go on and lose nothing.
 */
final class KafkaDowntime {
    private static final int RECORDS = 200_000;
    private static final int PER_SECOND = 10_000;

    /** The shortest that a checkpoint each second and a restart at once allow, and a little. */
    private static final int TIMEOUT_MS = 185_000;

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration EXPIRY = Duration.ofMillis(TIMEOUT_MS).plusSeconds(90);
    private static final Pattern RANGE =
            Pattern.compile("-(\\d+) offsets (\\d+) to (\\d+) \\((\\d+)\\)");

    private final Sandbox sandbox;
    private final String run = "downtime-" + System.currentTimeMillis();
    private final List<String> faults = new ArrayList<>();

    private KafkaDowntime(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    static boolean run(List<String> arguments) {
        List<String> start = List.of("--kafka");
        if (!arguments.isEmpty()) {
            if (arguments.size() != 2 || !arguments.get(0).equals("--broker")) {
                throw new IllegalArgumentException("not [--broker JARS]: " + arguments);
            }
            start = Sandbox.withKafkaOf(arguments.get(1));
        }
        Path directory =
                Millrace.CHECKOUT.resolve("integration-tests/target/kafka-downtime-sandbox");
        try (Sandbox sandbox = new Sandbox(directory, true, start.toArray(String[]::new))) {
            KafkaDowntime downtime = new KafkaDowntime(sandbox);
            downtime.refused();
            downtime.down();
            System.out.println(downtime.faults.isEmpty() ? "good" : "BAD " + downtime.faults);
            return downtime.faults.isEmpty();
        }
    }

    private void check(boolean holds, String what) {
        System.out.println((holds ? "ok   " : "BAD  ") + what);
        if (!holds) {
            faults.add(what);
        }
    }

    private void refused() {
        KafkaCopyJob job = KafkaCopyJob.created(sandbox, run + "-refused", 0);
        for (int timeoutMs : new int[] {10_000, 1_000_000}) {
            try (Millrace.Running running = start(job, 1, timeoutMs, List.of(), "")) {
                Millrace.Outcome outcome = running.await(LIMIT);
                check(
                        outcome.exitCode() == 2
                                && outcome.err().contains("INVALID_OPTION: ")
                                && outcome.err().contains("transaction.timeout.ms"),
                        "a time-out of " + timeoutMs + " ms is refused at the start");
            }
        }
    }

    private static Millrace.Running start(
            KafkaCopyJob job, int parallelism, int timeoutMs, List<String> run, String dies) {
        List<String> options =
                new ArrayList<>(
                        List.of(
                                "yarn.max-attempts=1",
                                "restart.strategy=fixed-delay",
                                "restart.delay=200 ms"));
        if (!dies.isEmpty()) {
            options.add("yarn.master.java-options=-ea -Dmillrace.crash-at=" + dies);
        }
        return job.start(
                parallelism,
                run,
                options,
                List.of("--transaction-timeout", String.valueOf(timeoutMs)));
    }

    private void down() {
        // The fourth commit: one of the same checkpoint may be done, one is not.
        KafkaCopyJob lost = died("lost", 2, "TRANSACTION_BEFORE_COMMIT:3");
        // With one subtask it is the checkpoint's only one: done, and nobody knows.
        KafkaCopyJob kept = died("kept", 1, "TRANSACTION_COMMITTED:3");
        int open = lost.to().openTransactions().size();
        check(open > 0, "transactions are open while the jobs are down: " + open);
        long began = System.nanoTime();
        Await.until("brokers abort", EXPIRY, lost.to()::openTransactions, List::isEmpty);
        System.out.printf(
                "all were aborted after %d s%n", (System.nanoTime() - began) / 1_000_000_000);

        Map<TopicPartition, SortedMap<Long, String>> before = lost.to().read("read_committed");
        for (int attempt = 1; attempt <= 2; attempt++) {
            Millrace.Outcome outcome = resumed(lost, 2);
            check(
                    outcome.exitCode() != 0 && outcome.err().contains("DATA_LOSS: "),
                    "start " + attempt + " after the loss ends with DATA_LOSS");
            check(
                    lost.to().read("read_committed").equals(before),
                    "start " + attempt + " after the loss commits nothing");
            ledger(lost, outcome.err(), before);
        }
        Millrace.Outcome outcome = resumed(kept, 1);
        check(outcome.exitCode() == 0, "what was committed is proven: the job goes on and ends");
        if (outcome.exitCode() != 0) {
            System.out.println(outcome);
        }
        SequenceTally topic = kept.tally();
        SequenceTally files = kept.tally();
        kept.to().readCommitted(topic::add);
        kept.readFiles(files);
        check(topic.isExact(), "its topic: " + topic);
        check(files.isExact(), "its files: " + files);
        check(lost.to().openTransactions().isEmpty(), "no transaction is open in the end");
    }

    /** Runs until its only application master has died at a point of a transaction. */
    private KafkaCopyJob died(String name, int parallelism, String at) {
        KafkaCopyJob job = KafkaCopyJob.created(sandbox, run + "-" + name, RECORDS);
        try (KafkaFill fill = job.fill(PER_SECOND);
                Millrace.Running running = start(job, parallelism, TIMEOUT_MS, List.of(), at)) {
            Millrace.Outcome outcome = running.await(LIMIT);
            check(outcome.exitCode() != 0, "'" + name + "' has died at " + at);
            fill.await();
        }
        // A master that was killed leaves its staging directory: 'millrace gc' is for that.
        Await.until(
                "no unfinished application",
                LIMIT,
                sandbox.resourceManager()::unfinished,
                List::isEmpty);
        return job;
    }

    private static Millrace.Outcome resumed(KafkaCopyJob job, int parallelism) {
        List<String> run = List.of("--resume-latest", "KafkaCopy");
        try (Millrace.Running running = start(job, parallelism, TIMEOUT_MS, run, "")) {
            return running.await(LIMIT);
        }
    }

    /** The ranges of the error are of records that are there and that nobody sees. */
    private void ledger(
            KafkaCopyJob job, String error, Map<TopicPartition, SortedMap<Long, String>> seen) {
        Map<TopicPartition, SortedMap<Long, String>> all = job.to().read("read_uncommitted");
        Matcher ranges = RANGE.matcher(error);
        int named = 0;
        boolean exact = true;
        long records = 0;
        while (ranges.find()) {
            TopicPartition partition =
                    new TopicPartition(job.to().name(), Integer.parseInt(ranges.group(1)));
            long first = Long.parseLong(ranges.group(2));
            long last = Long.parseLong(ranges.group(3));
            long count = Long.parseLong(ranges.group(4));
            SortedMap<Long, String> there = all.get(partition);
            SortedMap<Long, String> visible = seen.get(partition);
            long unseen =
                    there.subMap(first, last + 1).keySet().stream()
                            .filter(offset -> !visible.containsKey(offset))
                            .count();
            exact &= there.containsKey(first) && there.containsKey(last);
            exact &= !visible.containsKey(first) && !visible.containsKey(last);
            exact &= unseen >= count; // of other transactions that were aborted, some may lie
            // between
            named++;
            records += count;
        }
        check(
                named > 0 && exact && error.contains(job.to().name()),
                "the error names " + records + " records in " + named + " ranges that nobody sees");
    }
}
