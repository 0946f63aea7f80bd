package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a command tells its result to the program that called it. Filled by picocli. */
final class ResultFormat {
    enum Kind {
        text,
        json,
        properties
    }

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description =
                    "text, or for scripts, on standard output at the end: json, or properties"
                            + " (lines key=value).")
    private Kind kind = Kind.text;

    /** Whether something is printed that only programs want to read. */
    boolean forPrograms() {
        return kind != Kind.text;
    }

    /**
     * Prints the result as it was asked for, and hands it to Oozie if that started this process.
     */
    void tell(RunResult result, Surroundings surroundings) {
        switch (kind) {
            case text -> {}
            case json -> surroundings.out().println(result.toJson().toPrettyString());
            case properties -> surroundings.out().print(result.toProperties());
        }
        surroundings.out().flush();
        Path captured = surroundings.oozie().outputProperties();
        if (captured != null) {
            try {
                Files.writeString(captured, result.toProperties(), StandardCharsets.US_ASCII);
            } catch (IOException e) {
                throw new MillraceException(
                        ErrorCode.STORAGE_FAILED,
                        "the output that Oozie captures cannot be written to "
                                + captured
                                + " ("
                                + e
                                + "), which the property "
                                + OozieAction.OUTPUT_PROPERTIES
                                + " names.",
                        e);
            }
        }
    }
}
