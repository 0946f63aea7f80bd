package io.millrace.host.embedded;

import io.millrace.api.option.Option;

/** Options of the embedded cluster. Only this package reads them. */
final class EmbeddedOptions {
    static final Option<Integer> WORKERS =
            Option.integer("embedded.workers")
                    .defaultTo(1)
                    .between(1, 64)
                    .describe(
                            "Workers of the embedded cluster. With more than one, records between"
                                    + " them take the way over the network as on a cluster: slower, but"
                                    + " what breaks there breaks here too.");

    static final Option<Boolean> REST =
            Option.bool("embedded.rest")
                    .defaultTo(false)
                    .describe(
                            "Whether the embedded cluster serves the REST interface and the web"
                                    + " page while its jobs run; the log names the address. To look without a"
                                    + " token, set rest.allow-loopback-view as well.");

    private EmbeddedOptions() {}
}
