package io.millrace.runtime.metrics;

import io.millrace.api.option.Option;
import java.util.List;

/** Options of the metrics. Only this package reads them. */
final class MetricsOptions {
    static final String REPORTER_PREFIX = "metrics.reporter.";

    static final Option<String> REPORTERS =
            Option.string("metrics.reporters")
                    .describe(
                            "Names of the reporters to start, with commas between. Without it, all"
                                    + " that have a metrics.reporter.NAME.factory.class. What"
                                    + " stands behind metrics.reporter.NAME. is handed to that"
                                    + " reporter; .interval is the time between two reports, 10 s"
                                    + " without it.");

    static final List<Option<?>> ALL = List.of(REPORTERS);

    private MetricsOptions() {}
}
