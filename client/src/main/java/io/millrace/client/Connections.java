package io.millrace.client;

import io.millrace.api.option.Config;
import io.millrace.yarn.submit.YarnApplications;
import java.util.Map;

/**
 * The ways to a cluster. Apart from the commands, so that those which need none never load Hadoop's
 * classes.
 */
final class Connections {
    private Connections() {}

    static YarnApplications toYarn(Config config, Map<String, String> environment) {
        return YarnApplications.connect(config, environment);
    }

    static void embedded(Program program, Surroundings surroundings) {
        EmbeddedRun.run(program, surroundings);
    }
}
