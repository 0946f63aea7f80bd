package io.millrace.benchmarks;

import java.util.List;
import java.util.Map;

/**
 * What a workload at one parallelism came to. Immutable; the form in which it is recorded.
 *
 * @param rounds of each contestant, the first of them cold, in the order of the contestants
 */
record Outcome(
        String workload,
        int parallelism,
        long records,
        double target,
        Map<String, List<Round>> rounds) {

    List<String> labels() {
        return List.copyOf(rounds.keySet());
    }

    /** Core-seconds for a million records. */
    Spread cost(String label) {
        return Spread.of(warm(label).stream().map(r -> r.cpuMs() * 1e3 / records).toList());
    }

    Spread recordsPerSecond(String label) {
        return Spread.of(
                warm(label).stream().map(r -> records * 1e3 / Math.max(1, r.wallMs())).toList());
    }

    double coldCost(String label) {
        return rounds.get(label).get(0).cpuMs() * 1e3 / records;
    }

    Spread of(String label, java.util.function.ToDoubleFunction<Round> figure) {
        return Spread.of(warm(label).stream().map(figure::applyAsDouble).toList());
    }

    boolean has(java.util.function.ToDoubleFunction<Round> figure) {
        return rounds.values().stream()
                .allMatch(all -> all.stream().allMatch(r -> figure.applyAsDouble(r) > 0));
    }

    /** The cost of one contestant in that of another. */
    double ratio(String dearer, String cheaper) {
        return cost(dearer).median() / cost(cheaper).median();
    }

    private List<Round> warm(String label) {
        List<Round> all = rounds.get(label);
        return all.size() == 1 ? all : all.subList(1, all.size());
    }

    /** Median, lowest and highest of some figures. Immutable. */
    record Spread(double median, double min, double max) {
        static Spread of(List<Double> figures) {
            List<Double> sorted = figures.stream().sorted().toList();
            int middle = sorted.size() / 2;
            double median =
                    sorted.size() % 2 == 1
                            ? sorted.get(middle)
                            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
            return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
        }
    }
}
