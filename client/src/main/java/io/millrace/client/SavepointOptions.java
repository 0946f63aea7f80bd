package io.millrace.client;

import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What commands take that have savepoints written. Filled by picocli. */
final class SavepointOptions {
    @Option(
            names = {"-type", "--type"},
            paramLabel = "FORM",
            description =
                    "canonical for tables of Parquet, which others read too, native for files of"
                            + " the engine, which are written sooner. A job starts from both, in"
                            + " every state back end. Default: canonical.")
    private String type = SavepointFormatType.DEFAULT.name();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description =
                    "How long to wait for the outcome; the operation goes on. Default: for ever.")
    private int timeoutSeconds;

    String format() {
        try {
            return SavepointFormatType.valueOf(type.toUpperCase(Locale.ROOT)).name();
        } catch (IllegalArgumentException e) {
            throw new MillraceException(
                    ErrorCode.USAGE, "--type is '" + type + "', but must be canonical or native.");
        }
    }

    int timeoutSeconds() {
        return timeoutSeconds;
    }
}
