package io.millrace.host.rest;

import io.millrace.api.option.Option;

/** Options of the REST interface. Only this package reads them. */
public final class RestOptions {
    static final Option<String> BIND_HOST =
            Option.string("rest.bind-host")
                    .describe(
                            "Host name or address that the REST interface listens on. Default: this"
                                    + " machine's name on a cluster, localhost in the embedded"
                                    + " cluster.");

    static final Option<Integer> PORT =
            Option.integer("rest.port")
                    .defaultTo(0)
                    .between(0, 65_535)
                    .describe(
                            "Port of the REST interface and the web page; 0 lets the system choose"
                                    + " a free one.");

    static final Option<Boolean> ALLOW_LOOPBACK_VIEW =
            Option.bool("rest.allow-loopback-view")
                    .defaultTo(false)
                    .describe(
                            "Whether requests from this machine may look without a token. Only the"
                                    + " embedded cluster heeds it: on a cluster other users have"
                                    + " processes on the same machine.");

    private RestOptions() {}
}
