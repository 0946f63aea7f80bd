package io.millrace.benchmarks.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What is measured, in the order of the arguments. Immutable. Arguments are contests, each perhaps
 * with a size ({@code sort=500m}, {@code join=5m:500k}) and as often as there are sizes to measure,
 * {@code kill} with a size or without one for a sort that loses a worker, engines, and {@code
 * scale=0.1} of the full sizes, {@code rounds=3}, {@code memory=1024} in MB, {@code minutes=120}
 * after which it ends. Without contests or engines, all.
 *
 * @param parts one after the other
 * @param killBytes input of the sort that loses a worker; empty if there is none
 * @param limit of all runs together
 */
record BatchArguments(
        List<Part> parts,
        OptionalLong killBytes,
        List<BatchEngine> engines,
        int rounds,
        int memoryMb,
        Duration limit) {
    private static final String KILL = "kill";

    /**
     * One row of each engine in the table. Immutable.
     *
     * @param contest may be that of other parts, too, with another size
     */
    record Part(BatchContest contest, BatchContest.Size size) {}

    static BatchArguments parse(List<String> arguments) {
        double scale = 1;
        int rounds = 1;
        int memoryMb = 1024;
        long minutes = 120;
        List<String> contests = new ArrayList<>();
        List<BatchEngine> engines = new ArrayList<>();
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            switch (argument.split("=")[0]) {
                case "scale" -> scale = Double.parseDouble(value);
                case "rounds" -> rounds = Integer.parseInt(value);
                case "memory" -> memoryMb = Integer.parseInt(value);
                case "minutes" -> minutes = Long.parseLong(value);
                case "millrace", "flink", "spark" ->
                        engines.add(BatchEngine.valueOf(argument.toUpperCase(Locale.ROOT)));
                default -> contests.add(argument);
            }
        }
        List<Part> parts = new ArrayList<>();
        OptionalLong killBytes = OptionalLong.empty();
        for (String contest : contests) {
            String name = contest.split("=")[0];
            BatchContest of = name.equals(KILL) ? BatchContest.SORT : contest(name);
            BatchContest.Size size =
                    contest.contains("=")
                            ? size(contest.substring(contest.indexOf('=') + 1))
                            : of.full().times(scale);
            if (name.equals(KILL)) {
                killBytes = OptionalLong.of(size.rows());
            } else {
                parts.add(new Part(of, size));
            }
        }
        if (contests.isEmpty()) {
            killBytes = OptionalLong.of(BatchContest.SORT.full().times(scale).rows());
            for (BatchContest contest : BatchContest.values()) {
                parts.add(new Part(contest, contest.full().times(scale)));
            }
        }
        return new BatchArguments(
                List.copyOf(parts),
                killBytes,
                engines.isEmpty() ? List.of(BatchEngine.values()) : List.copyOf(engines),
                rounds,
                memoryMb,
                Duration.ofMinutes(minutes));
    }

    private static BatchContest contest(String name) {
        return Arrays.stream(BatchContest.values())
                .filter(contest -> contest.label().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no contest '"
                                                + name
                                                + "'; there are "
                                                + Arrays.stream(BatchContest.values())
                                                        .map(BatchContest::label)
                                                        .toList()
                                                + " and "
                                                + KILL));
    }

    /** {@code ROWS[:KEYS]}, each with k, m or g behind it for thousands, millions or more. */
    private static BatchContest.Size size(String text) {
        String[] parts = text.split(":");
        return new BatchContest.Size(number(parts[0]), parts.length > 1 ? number(parts[1]) : 0);
    }

    private static long number(String text) {
        int unit = "kmg".indexOf(Character.toLowerCase(text.charAt(text.length() - 1)));
        return unit < 0
                ? Long.parseLong(text)
                : (long)
                        (Double.parseDouble(text.substring(0, text.length() - 1))
                                * Math.pow(1000, unit + 1));
    }
}
