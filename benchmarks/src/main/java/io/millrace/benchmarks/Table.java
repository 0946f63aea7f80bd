package io.millrace.benchmarks;

import io.millrace.benchmarks.Outcome.Spread;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints outcomes as a Markdown table, one row for each contestant. */
record Table(PrintStream out) {
    void head() {
        out.println(
                "| workload | p | engine | records/s | core-s per million (min–max) | run 0 |"
                        + " ratio | target |");
        out.println("|---|---|---|---|---|---|---|---|");
    }

    void rows(Outcome outcome) {
        List<String> labels = outcome.labels();
        for (String label : labels) {
            if (outcome.has(Round::idleCores)) {
                Spread share = outcome.of(label, r -> 100 * r.idleCores());
                line(outcome, label, "", "", text("%.2f", share) + " % of a core", "");
                continue;
            }
            Spread cost = outcome.cost(label);
            line(
                    outcome,
                    label,
                    text("%,.0f", outcome.recordsPerSecond(label).median()),
                    text("%.3f", outcome.coldCost(label)),
                    text("%.3f", cost) + latency(outcome, label) + timers(outcome, label),
                    label.equals(labels.get(0))
                            ? ""
                            : text("**%.2f**", outcome.ratio(label, labels.get(0))));
        }
    }

    private static String latency(Outcome outcome, String label) {
        return outcome.has(Round::p50Micros)
                ? text(
                        "; p50 %.0f, p99 %.0f, p99.9 %.0f µs",
                        outcome.of(label, Round::p50Micros).median(),
                        outcome.of(label, Round::p99Micros).median(),
                        outcome.of(label, Round::p999Micros).median())
                : "";
    }

    private static String timers(Outcome outcome, String label) {
        return outcome.has(Round::timerBytes)
                ? text(
                        "; %.1f bytes a timer, %.0f ns and %.0f ns of CPU to fire it",
                        outcome.of(label, Round::timerBytes).median(),
                        outcome.of(label, Round::fireNanos).median(),
                        outcome.of(label, Round::fireCpuNanos).median())
                : "";
    }

    private void line(
            Outcome outcome, String label, String rate, String cold, String cost, String ratio) {
        boolean second = outcome.labels().indexOf(label) == 1;
        out.printf(
                "| %s | %d | %s | %s | %s | %s | %s | %s |%n",
                outcome.workload(),
                outcome.parallelism(),
                label,
                rate,
                cost,
                cold,
                ratio,
                second && outcome.target() > 0 ? text("≥ %.1f", outcome.target()) : "");
    }

    /** Today's figures beside those that were recorded. */
    void beside(Outcome today, Optional<Outcome> recorded) {
        String first = today.labels().get(0);
        String second = today.labels().get(1);
        if (today.has(Round::idleCores)) {
            out.printf(
                    "| %s | %d | %s %% of a core | %s | | |%n",
                    today.workload(),
                    today.parallelism(),
                    text("%.2f", today.of(first, r -> 100 * r.idleCores())),
                    recorded.map(o -> text("%.2f", o.of(first, r -> 100 * r.idleCores())))
                            .orElse("–"));
            return;
        }
        out.printf(
                "| %s | %d | %s%s | %s | %s | %s |%n",
                today.workload(),
                today.parallelism(),
                text("%.3f", today.cost(first)),
                latency(today, first) + timers(today, first),
                recorded.map(
                                o ->
                                        text("%.3f", o.cost(first))
                                                + latency(o, first)
                                                + timers(o, first))
                        .orElse("–"),
                text("%.2f", today.ratio(second, first)),
                recorded.map(o -> text("%.2f", o.ratio(second, first))).orElse("–"));
    }

    void headBeside() {
        out.println(
                "| workload | p | core-s per million today | recorded | ratio today | recorded |");
        out.println("|---|---|---|---|---|---|");
    }

    private static String text(String format, Spread spread) {
        return text(
                format + " (" + format + "–" + format + ")",
                spread.median(),
                spread.min(),
                spread.max());
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
