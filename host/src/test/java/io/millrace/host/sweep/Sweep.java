package io.millrace.host.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Runs the cases: the command of {@code docs/reliability.md}.
 *
 * <p>{@code SEED [--only TEXT]... [--from TEXT] [--count N] [--threads 2] [--dir target/sweep]}.
 * {@code --only} takes the cases whose name has the text, {@code --from} those from the first one
 * that has it, {@code --count} so many of those, chosen by the seed. A case that is good leaves
 * nothing in the directory; of another everything stays. Ends with 1 if there is one, or if no case
 * has the text.
 */
public final class Sweep {
    private final SweepSubject subject;
    private final long seed;
    private final Path directory;
    private final int threads;

    /**
     * @param directory where the cases' files lie
     * @param threads how many cases run side by side
     */
    public Sweep(SweepSubject subject, long seed, Path directory, int threads) {
        this.subject = subject;
        this.seed = seed;
        this.directory = directory;
        this.threads = threads;
    }

    public static void main(String[] args) throws Exception {
        System.exit(run(new FileSequences(), args) ? 0 : 1);
    }

    /** Does what a command line says, and prints it. Returns whether all cases were good. */
    public static boolean run(SweepSubject subject, String[] args) throws Exception {
        long seed = args.length > 0 && !args[0].startsWith("-") ? Long.parseLong(args[0]) : 1;
        List<SweepCase> cases = new ArrayList<>(subject.cases());
        Path directory = Path.of("target", "sweep");
        int threads = 2;
        int count = Integer.MAX_VALUE;
        for (int i = 0; i < args.length - 1; i++) {
            String value = args[i + 1];
            switch (args[i]) {
                case "--only" -> cases.removeIf(one -> !one.toString().contains(value));
                case "--from" -> {
                    while (!cases.isEmpty() && !cases.get(0).toString().contains(value)) {
                        cases.remove(0);
                    }
                }
                case "--count" -> count = Integer.parseInt(value);
                case "--threads" -> threads = Integer.parseInt(value);
                case "--dir" -> directory = Path.of(value);
                default -> {}
            }
        }
        List<SweepCase> chosen = count < cases.size() ? choose(cases, seed, count) : cases;
        System.out.println(chosen.size() + " cases, seed " + seed);
        if (chosen.isEmpty()) {
            System.out.println(
                    "Nothing was run: no case is named so. Names are POINT/FAULT and more, such as "
                            + subject.cases().get(0));
            return false;
        }
        List<SweepRun.Verdict> verdicts =
                new Sweep(subject, seed, directory.toAbsolutePath(), threads).run(chosen);
        System.out.println(table(verdicts));
        long bad = verdicts.stream().filter(verdict -> !verdict.isGood()).count();
        System.out.println(verdicts.size() + " cases, " + bad + " bad, seed " + seed);
        return bad == 0;
    }

    /** The same for the same seed. */
    public static List<SweepCase> choose(List<SweepCase> cases, long seed, int count) {
        List<SweepCase> shuffled = new ArrayList<>(cases);
        Collections.shuffle(shuffled, new Random(seed));
        return List.copyOf(shuffled.subList(0, count));
    }

    /** In the order in which they ended; each is printed then. */
    public List<SweepRun.Verdict> run(List<SweepCase> cases) throws Exception {
        Queue<SweepCase> open = new ConcurrentLinkedQueue<>(cases);
        List<SweepRun.Verdict> verdicts = Collections.synchronizedList(new ArrayList<>());
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Void>> lanes = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Path temporary = directory.resolve("tmp-" + i);
                lanes.add(executor.submit(() -> run(open, temporary, verdicts)));
            }
            for (Future<Void> lane : lanes) {
                lane.get();
            }
            return List.copyOf(verdicts);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    private Void run(Queue<SweepCase> open, Path temporary, List<SweepRun.Verdict> verdicts)
            throws IOException {
        try (Processes processes = new Processes(temporary)) {
            for (SweepCase one = open.poll(); one != null; one = open.poll()) {
                Path own = directory.resolve(one.toString().replace('/', '-'));
                delete(own);
                SweepRun.Verdict verdict =
                        SweepRun.run(subject, one, processes, own, one.seed(seed));
                System.out.println(verdict);
                if (verdict.isGood() && !Boolean.getBoolean("sweep.keep")) {
                    delete(own);
                }
                verdicts.add(verdict);
            }
        }
        delete(temporary);
        return null;
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Cases, and how many of them were good, by fault, back end and alignment. */
    private static String table(List<SweepRun.Verdict> verdicts) {
        Map<String, int[]> rows = new TreeMap<>();
        for (SweepRun.Verdict verdict : verdicts) {
            SweepCase what = verdict.what();
            String row =
                    String.format(
                            "%-16s %-20s %s",
                            what.fault(),
                            what.backend(),
                            what.unaligned() ? "unaligned" : "aligned");
            int[] counts = rows.computeIfAbsent(row, r -> new int[2]);
            counts[0]++;
            counts[1] += verdict.isGood() ? 1 : 0;
        }
        StringBuilder table = new StringBuilder();
        rows.forEach(
                (row, counts) ->
                        table.append(
                                String.format(
                                        "%-50s %4d cases %4d good%n", row, counts[0], counts[1])));
        return table.toString();
    }
}
