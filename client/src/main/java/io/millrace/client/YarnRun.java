package io.millrace.client;

import io.millrace.yarn.submit.ApplicationSpec;
import io.millrace.yarn.submit.SubmittedApplication;
import io.millrace.yarn.submit.YarnApplications;

/** Submits a program to YARN and follows it to its end. Confined to one thread. */
final class YarnRun {
    private final Surroundings surroundings;
    private final YarnApplications applications;

    YarnRun(Surroundings surroundings, YarnApplications applications) {
        this.surroundings = surroundings;
        this.applications = applications;
    }

    /** The new application, or the one that stands for it; keeps the secret of a new one. */
    SubmittedApplication submit(Program program) {
        SubmittedApplication submitted =
                applications.submit(
                        new ApplicationSpec(
                                program.name(),
                                program.jar(),
                                program.mainClass(),
                                program.args(),
                                program.config(),
                                surroundings.home()));
        if (submitted.secret() != null) {
            surroundings.secrets().put(submitted.applicationId(), submitted.secret());
        }
        return submitted;
    }

    /** Shows progress until the application has ended; returns its exit code. */
    int follow(SubmittedApplication submitted) {
        return Verdict.of(
                        new Following(
                                        surroundings,
                                        applications,
                                        Following.Patience.USUAL,
                                        System::nanoTime)
                                .toTheEnd(submitted.applicationId()))
                .exitCode();
    }
}
