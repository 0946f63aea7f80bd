package io.millrace.client;

import io.millrace.api.file.FileSystem;
import io.millrace.api.option.Config;
import io.millrace.hdfs.HadoopFileSystemFactory;
import io.millrace.hdfs.KerberosSettings;
import io.millrace.yarn.submit.YarnApplications;
import java.net.URI;
import java.util.List;
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

    /**
     * The same with the options of the configuration file, for commands without any of their own.
     */
    static void toFiles(Surroundings surroundings) {
        toFiles(
                ClientConfig.of(surroundings, Map.of(), null),
                surroundings.environment(),
                surroundings.namesCluster());
    }

    /**
     * Makes file systems known to this process: the cluster's as the default one, or the local one.
     *
     * @param config says how to log in where the cluster is secure
     * @param cluster whether paths without a scheme are on the cluster that the environment names
     */
    static void toFiles(Config config, Map<String, String> environment, boolean cluster) {
        if (cluster) {
            HadoopFileSystemFactory.install(environment, KerberosSettings.from(config));
        } else {
            FileSystem.install(
                    List.of(new HadoopFileSystemFactory(KerberosSettings.from(config))),
                    URI.create("file:///"));
        }
    }

    static void embedded(Program program, Surroundings surroundings) {
        EmbeddedRun.run(program, surroundings);
    }
}
