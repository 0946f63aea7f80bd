package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How patient a command is that waits for an application. Filled by picocli. */
final class WaitOptions {
    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "Waits no longer; the job runs on. Without it: until the job ends.")
    private Integer timeoutSeconds;

    @Option(
            names = "--give-up-after",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description =
                    "How long a cluster may not answer before the job's end counts as unknown."
                            + " Default: ${DEFAULT-VALUE}.")
    private int giveUpSeconds;

    Following.Patience patience() {
        if (giveUpSeconds < 0 || (timeoutSeconds != null && timeoutSeconds < 0)) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "--timeout and --give-up-after are seconds, 0 or more; they are "
                            + timeoutSeconds
                            + " and "
                            + giveUpSeconds
                            + ".");
        }
        return new Following.Patience(
                Duration.ofSeconds(giveUpSeconds),
                timeoutSeconds == null ? null : Duration.ofSeconds(timeoutSeconds));
    }
}
