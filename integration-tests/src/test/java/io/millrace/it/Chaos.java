package io.millrace.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command of {@code bin/chaos}: a streaming job of keyed sequences for each {@link Blow}, on a
 * sandbox of its own, judged by its output on HDFS alone. {@code kafka …} is {@link KafkaChaos}.
 *
 * <p>{@code [SEED] [--rounds 1] [--only TEXT]... [--attach]}. The seed decides when a blow falls,
 * on whom and how often; {@code --attach} takes the sandbox of a run that was broken off. Every job
 * has a limit, so the whole ends by itself; with 1 if one job was not as it must be.
 */
final class Chaos {
    private Chaos() {}

    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("kafka")) {
            List<String> rest = List.of(args).subList(1, args.length);
            System.exit(KafkaChaos.run(rest) ? 0 : 1);
        }
        if (args.length > 0 && args[0].equals("kafka-downtime")) {
            List<String> rest = List.of(args).subList(1, args.length);
            System.exit(KafkaDowntime.run(rest) ? 0 : 1);
        }
        long seed = args.length > 0 && !args[0].startsWith("-") ? Long.parseLong(args[0]) : 1;
        int rounds = 1;
        List<String> only = new ArrayList<>();
        boolean attach = false;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--rounds" -> rounds = Integer.parseInt(args[i + 1]);
                case "--only" -> only.add(args[i + 1]);
                case "--attach" -> attach = true;
                default -> {}
            }
        }
        System.exit(run(seed, rounds, only, attach) ? 0 : 1);
    }

    private static boolean run(long seed, int rounds, List<String> only, boolean attach) {
        List<String> table = new ArrayList<>();
        boolean good = true;
        Path directory = Millrace.CHECKOUT.resolve("integration-tests/target/chaos-sandbox");
        try (Sandbox sandbox = new Sandbox(directory, !attach)) {
            NameNode nameNode = new NameNode(sandbox);
            for (int round = 1; round <= rounds; round++) {
                for (Blow blow : Blow.values()) {
                    if (only.isEmpty() || only.stream().anyMatch(blow.name()::contains)) {
                        long own = (seed * 31 + round) * 31 + blow.name().hashCode();
                        String line = line(sandbox, nameNode, blow, own);
                        good &= line.startsWith("ok");
                        table.add(line);
                        System.out.println(line);
                    }
                }
            }
        }
        System.out.println("\nseed " + seed + ", " + rounds + " rounds");
        table.forEach(line -> System.out.println(line.lines().findFirst().orElse("")));
        return good;
    }

    private static String line(Sandbox sandbox, NameNode nameNode, Blow blow, long seed) {
        try (ChaosJob job = new ChaosJob(sandbox, nameNode, blow, seed)) {
            ChaosJob.Verdict verdict = job.run();
            SequencesOutput output = verdict.output();
            return String.format(
                    "%-4s %-26s lost %d doubled %d gaps %d staged %d in %.0f s  %s",
                    verdict.good() ? "ok" : "BAD",
                    blow,
                    output.lost(),
                    output.doubled(),
                    output.gaps(),
                    output.staged().size(),
                    verdict.seconds(),
                    verdict.words());
        } catch (AssertionError | RuntimeException e) {
            return String.format("BAD  %-26s %s", blow, e);
        }
    }
}
