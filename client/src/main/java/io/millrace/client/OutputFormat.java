package io.millrace.client;

import picocli.CommandLine.Option;

/** How a command prints its result. Filled by picocli. */
final class OutputFormat {
    enum Kind {
        table,
        json
    }

    @Option(names = "--output", paramLabel = "FORMAT", description = "table or json.")
    private Kind kind = Kind.table;

    @Option(names = "--json", description = "The same as --output json.")
    private boolean json;

    boolean json() {
        return json || kind == Kind.json;
    }
}
