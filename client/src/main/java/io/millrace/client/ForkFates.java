package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.runtime.checkpoint.ForkMark;
import io.millrace.yarn.submit.YarnApplications;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether the applications of forks are over, as the ResourceManager knows it, which is asked once
 * for each. A fork that was killed from outside could not take its mark away. Confined to one
 * command.
 */
final class ForkFates implements AutoCloseable {
    /** How it stands with the application of a fork. */
    enum Fate {
        /** It has not ended: the mark counts. */
        RUNS,
        /** It has ended for good: the mark keeps a checkpoint for nobody. */
        ENDED,
        /**
         * The mark names no application, or one that the ResourceManager does not know: one that it
         * has forgotten, or one of another cluster, which may run.
         */
        UNKNOWN,
        /** Nobody could be asked. */
        NOT_ASKED
    }

    private final Surroundings surroundings;
    private final Config config;
    private final Map<String, Fate> known = new HashMap<>();
    private YarnApplications applications; // null until somebody is asked
    private String problem = "";

    /**
     * @param config says how to reach the cluster
     */
    ForkFates(Surroundings surroundings, Config config) {
        this.surroundings = surroundings;
        this.config = config;
    }

    Fate of(ForkMark mark) {
        return mark.application().isEmpty()
                ? Fate.UNKNOWN
                : known.computeIfAbsent(mark.application(), this::ask);
    }

    /** Why nobody could be asked; empty if that has not happened. */
    String problem() {
        return problem;
    }

    private Fate ask(String application) {
        if (!surroundings.namesCluster()) {
            problem = "HADOOP_CONF_DIR names no cluster";
            return Fate.NOT_ASKED;
        }
        if (!problem.isEmpty()) {
            return Fate.NOT_ASKED; // each question may wait for half a minute
        }
        try {
            if (applications == null) {
                applications = surroundings.connectToYarn(config);
            }
            return applications.find(application).phase().isTerminal() ? Fate.ENDED : Fate.RUNS;
        } catch (MillraceException e) {
            if (e.code() == ErrorCode.JOB_NOT_FOUND) {
                return Fate.UNKNOWN;
            }
            problem = e.getMessage();
            return Fate.NOT_ASKED;
        }
    }

    @Override
    public void close() {
        if (applications != null) {
            applications.close();
        }
    }
}
