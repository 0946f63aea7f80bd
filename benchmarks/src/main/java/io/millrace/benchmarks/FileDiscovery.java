package io.millrace.benchmarks;

import io.millrace.benchmarks.Contestant.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Whether a job stands still while it finds thousands of files more: small files come steadily to a
 * directory that it watches, and then many at once. The longest time without a record and the
 * greatest age of one of the steady files, before and while those are found. Confined to one
 * thread.
 */
final class FileDiscovery {
    private static final int PARALLELISM = 2;
    private static final int PER_SECOND = 20;
    private static final int WARM_SECONDS = 10;
    private static final int QUIET_SECONDS = 10;
    private static final int AFTER_SECONDS = 3;
    private static final int LIMIT_SECONDS = 300;

    /** The number in the files that come at once, whose age nobody asks for. */
    private static final long MARK = 0;

    private final Setup setup;
    private final int more;

    FileDiscovery(Setup setup, int more) {
        this.setup = setup;
        this.more = more;
    }

    void run(List<Engine> engines) throws IOException, InterruptedException {
        System.out.printf(
                Locale.ROOT,
                "%n| %,d files appear, a look each 500 ms | longest ms without a record, before"
                        + " | then | oldest record ms, before | then | all read after s |%n"
                        + "|---|---|---|---|---|---|%n",
                more);
        for (Engine each : engines) {
            measure(each);
        }
    }

    private void measure(Engine engine) throws IOException, InterruptedException {
        String label = engine == Engine.FLINK ? "Flink" : "Millrace";
        Path place = Files.createTempDirectory(setup.work(), "watched-");
        Path input = Files.createDirectory(place.resolve("in"));
        Path many = Files.createDirectory(place.resolve("many"));
        for (int i = 0; i < more; i++) {
            Files.writeString(many.resolve("part-" + i), MARK + "\n");
        }
        Map<String, String> options = new TreeMap<>();
        options.put("execution.checkpointing.interval", "1 s");
        options.put("execution.checkpointing.dir", place.resolve("checkpoints").toUri().toString());
        options.put(Contestant.WATCHED, input.toUri().toString());
        Contestant own = new Contestant(label, engine, options);
        Workload workload =
                new Workload(
                        "file-discovery", "files-watch", "", 0, List.of(1), List.of(own), false, 0);
        try (Session session = Session.start(setup, workload, PARALLELISM, own);
                FileArrivals arrivals = FileArrivals.start(input, PER_SECOND)) {
            session.begin();
            TimeUnit.SECONDS.sleep(WARM_SECONDS);
            long quiet = System.nanoTime();
            TimeUnit.SECONDS.sleep(QUIET_SECONDS);
            long began = System.nanoTime();
            Files.move(many, input.resolve("many"));
            long read = awaitMarks(session);
            TimeUnit.SECONDS.sleep(AFTER_SECONDS);
            List<Arrived> arrived = Arrived.in(session.results());
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.0f | %.0f | %.1f |%n",
                    label,
                    Arrived.longestGapMs(arrived, quiet, began),
                    Arrived.longestGapMs(arrived, began, read),
                    Arrived.oldestMs(arrived, quiet, began - TimeUnit.SECONDS.toNanos(1)),
                    Arrived.oldestMs(arrived, began - TimeUnit.SECONDS.toNanos(1), read),
                    (read - began) / 1e9);
            session.kill();
        }
        Directories.delete(place);
    }

    /** When the last of them had come. */
    private long awaitMarks(Session session) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (true) {
            session.requireAlive();
            List<Arrived> marks =
                    Arrived.in(session.results()).stream()
                            .filter(each -> each.stampNanos() == MARK)
                            .toList();
            if (marks.size() >= more) {
                return marks.get(marks.size() - 1).atNanos();
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "after "
                                + LIMIT_SECONDS
                                + " s "
                                + marks.size()
                                + " of "
                                + more
                                + " new files were read");
            }
            Thread.sleep(100);
        }
    }
}
