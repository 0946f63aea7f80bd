package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.yarn.submit.YarnApplications;

/**
 * The ways to a cluster. Apart from the commands, so that those which need none never load Hadoop's
 * classes.
 */
final class Connections {
    private Connections() {}

    static YarnApplications toYarn(Config config) {
        return YarnApplications.connect(config);
    }

    static void embedded(Program program, Surroundings surroundings) {
        throw new MillraceException(ErrorCode.INTERNAL, "pending");
    }
}
