package io.millrace.client;

import io.millrace.api.option.Config;
import io.millrace.client.job.ApplicationSecrets;
import io.millrace.yarn.submit.YarnApplications;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a command has around it: where it writes, where the distribution and the user's files lie,
 * how a cluster is reached. Tests build their own. Immutable.
 *
 * @param out for programs: ids, JSON, tables
 * @param err for people: progress, errors
 * @param terminal whether {@code err} is a terminal, where lines can be rewritten
 * @param home the distribution
 * @param secrets of the applications submitted from here
 * @param oozie what an action of Oozie has told this process; {@link OozieAction#NONE} without one
 * @param yarn connects to the cluster that the environment names
 * @param local the embedded cluster
 */
record Surroundings(
        PrintWriter out,
        PrintWriter err,
        boolean terminal,
        Map<String, String> environment,
        Path home,
        ApplicationSecrets secrets,
        OozieAction oozie,
        YarnConnector yarn,
        LocalEngine local) {

    /** Connects to the cluster that an environment names. */
    interface YarnConnector {
        YarnApplications connect(Config config, Map<String, String> environment);
    }

    YarnApplications connectToYarn(Config config) {
        return yarn.connect(config, environment);
    }

    /** The same, in the environment of a cluster. */
    Surroundings withCluster(Path hadoopConfDir) {
        Map<String, String> changed = new TreeMap<>(environment);
        changed.put("HADOOP_CONF_DIR", hadoopConfDir.toString());
        return new Surroundings(out, err, terminal, changed, home, secrets, oozie, yarn, local);
    }

    /** Runs a program in this process. */
    interface LocalEngine {
        /**
         * Returns when the program has ended well.
         *
         * @throws io.millrace.api.error.MillraceException if it has not
         */
        void run(Program program, Surroundings surroundings);
    }

    /** Whether the environment names a Hadoop cluster. */
    boolean namesCluster() {
        String directory = environment.get("HADOOP_CONF_DIR");
        return directory != null && !directory.isBlank();
    }
}
