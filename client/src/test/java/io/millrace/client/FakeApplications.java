package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.runtime.wire.AppSecret;
import io.millrace.yarn.claim.RunTag;
import io.millrace.yarn.submit.ApplicationSpec;
import io.millrace.yarn.submit.ApplicationState;
import io.millrace.yarn.submit.ApplicationState.Phase;
import io.millrace.yarn.submit.ClusterLimits;
import io.millrace.yarn.submit.SubmittedApplication;
import io.millrace.yarn.submit.YarnApplications;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A cluster that tells one application's states in turn; the last one stays. */
final class FakeApplications implements YarnApplications {
    static final String ID = "application_1_0001";
    static final String TAG = "nightly";
    static final AppSecret SECRET = AppSecret.of(new byte[AppSecret.LENGTH_BYTES]);

    final Deque<ApplicationState> states = new ArrayDeque<>();
    final List<ApplicationSpec> submitted = new ArrayList<>();
    final List<String> killed = new ArrayList<>();
    MillraceException refusal;
    SubmittedApplication.Origin origin = SubmittedApplication.Origin.NEW;

    ClusterLimits limits =
            new ClusterLimits(
                    List.of(),
                    false,
                    -1,
                    -1,
                    1 << 20,
                    1 << 20,
                    1 << 16,
                    ClusterLimits.Tokens.NOT_NEEDED);

    @Override
    public ClusterLimits limits(Config config) {
        return limits;
    }

    /** So many of the next questions find nobody who answers. */
    int unanswered;

    static ApplicationState state(Phase phase, String diagnostics, String restUrl) {
        return new ApplicationState(
                ID,
                "job",
                "ann",
                "default",
                TAG,
                phase,
                diagnostics,
                restUrl,
                null,
                0,
                1_000,
                4_000);
    }

    FakeApplications then(Phase phase) {
        return then(phase, "");
    }

    FakeApplications then(Phase phase, String diagnostics) {
        states.add(state(phase, diagnostics, null));
        return this;
    }

    FakeApplications thenRunningAt(String restUrl) {
        states.add(state(Phase.RUNNING, "", restUrl));
        return this;
    }

    @Override
    public SubmittedApplication submit(ApplicationSpec spec) {
        if (refusal != null) {
            throw refusal;
        }
        submitted.add(spec);
        return new SubmittedApplication(
                ID, origin == SubmittedApplication.Origin.NEW ? SECRET : null, origin);
    }

    @Override
    public ApplicationState find(String applicationId) {
        if (!applicationId.equals(ID)) {
            throw new MillraceException(
                    ErrorCode.JOB_NOT_FOUND, "'" + applicationId + "' is no application id.");
        }
        if (unanswered > 0) {
            unanswered--;
            throw new MillraceException(ErrorCode.CLUSTER_UNREACHABLE, "nobody answers.");
        }
        return states.size() > 1 ? states.poll() : states.peek();
    }

    @Override
    public Optional<ApplicationState> findByTag(RunTag tag) {
        return tag.text().equals(TAG) ? Optional.of(states.peek()) : Optional.empty();
    }

    @Override
    public List<ApplicationState> list(boolean all) {
        return states.stream().filter(state -> all || !state.phase().isTerminal()).toList();
    }

    @Override
    public void kill(String applicationId) {
        killed.add(applicationId);
        states.clear();
        then(Phase.KILLED);
    }

    @Override
    public void logs(String applicationId, Appendable out) {
        try {
            out.append("container_1: hello\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {}
}
