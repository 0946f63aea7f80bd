package io.millrace.client;

import io.millrace.api.error.MillraceException;
import io.millrace.yarn.submit.ApplicationState;
import io.millrace.yarn.submit.YarnApplications;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace wait}: comes back to an application, from anywhere and as often as one likes. */
@Command(
        name = "wait",
        description = "Waits for the end of an application, and ends with its exit code.",
        footer = {
            "",
            "Shows progress as 'millrace run' does. Ctrl-C ends the command, not the job,",
            "unless --cancel-on-interrupt is given."
        })
final class WaitCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin private WhichApplication which = new WhichApplication();

    @Mixin private WaitOptions options = new WaitOptions();

    @Mixin private OnSignal onSignal = new OnSignal();

    @Mixin private ResultFormat format = new ResultFormat();

    @Mixin private ClusterOptions cluster = new ClusterOptions();

    WaitCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try (YarnApplications applications =
                surroundings.connectToYarn(
                        ClientConfig.of(surroundings, cluster.overrides, null))) {
            ApplicationState found = which.find(applications);
            Following following =
                    new Following(surroundings, applications, options.patience(), System::nanoTime);
            onSignal.attach(found.applicationId(), applications, surroundings);
            try {
                ApplicationState ended = following.toTheEnd(found.applicationId());
                RunResult result = RunResult.of(ended, "", following.jobId());
                format.tell(result, surroundings);
                return result.exitCode();
            } catch (MillraceException e) {
                String tag = found.runTag() == null ? "" : found.runTag();
                format.tell(
                        RunResult.of(e, found.applicationId(), found.name(), tag), surroundings);
                throw e;
            } finally {
                onSignal.detach();
            }
        }
    }
}
