package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.yarn.claim.RunTag;
import io.millrace.yarn.submit.ApplicationState;
import io.millrace.yarn.submit.YarnApplications;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The application that a command is about, by its id or by its tag. Filled by picocli. */
final class WhichApplication {
    @Parameters(paramLabel = "ID", arity = "0..1", description = "The application id.")
    private String id;

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description =
                    "Instead of an id: the application that 'run --tag' started, if several did"
                            + " the one that runs, else the newest.")
    private String tag;

    /** As given; null if it is named by a tag, or not at all. */
    String id() {
        return id;
    }

    /**
     * @throws MillraceException {@code USAGE}, {@code JOB_NOT_FOUND}
     */
    ApplicationState find(YarnApplications applications) {
        if ((id == null) == (tag == null)) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "name the application either by its ID or by --tag; 'millrace list -a' shows"
                            + " both.");
        }
        if (id != null) {
            return applications.find(id);
        }
        return applications
                .findByTag(new RunTag(tag, false))
                .orElseThrow(
                        () ->
                                new MillraceException(
                                        ErrorCode.JOB_NOT_FOUND,
                                        "YARN knows no application of yours with the tag '"
                                                + tag
                                                + "'. 'millrace list -a' shows those that it"
                                                + " knows."));
    }
}
