package io.millrace.hdfs;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/**
 * Where this process finds the cluster: Hadoop's configuration, read from the directory that {@code
 * HADOOP_CONF_DIR} names, or in a container from the file that the client sent along. Pure; any
 * thread.
 */
public final class HadoopSite {
    /**
     * The whole of the client's site settings in one file, in each container's working directory.
     */
    public static final String CONTAINER_FILE = "hadoop-site.xml";

    private static final List<String> SITE_FILES =
            List.of("core-site.xml", "hdfs-site.xml", "yarn-site.xml", "mapred-site.xml");

    private HadoopSite() {}

    /**
     * The configuration of the cluster that the environment names.
     *
     * @param environment of the process
     * @throws MillraceException {@code CLUSTER_NOT_CONFIGURED} if it names none
     */
    public static Configuration ofEnvironment(Map<String, String> environment) {
        Path directory =
                confDirectory(environment)
                        .orElseThrow(
                                () ->
                                        new MillraceException(
                                                ErrorCode.CLUSTER_NOT_CONFIGURED,
                                                "HADOOP_CONF_DIR is not set. Set it to the"
                                                        + " directory that holds the cluster's"
                                                        + " core-site.xml and yarn-site.xml, or start a"
                                                        + " cluster of your own: 'millrace sandbox"
                                                        + " start'."));
        if (!Files.isReadable(directory.resolve("core-site.xml"))
                && !Files.isReadable(directory.resolve("yarn-site.xml"))) {
            throw new MillraceException(
                    ErrorCode.CLUSTER_NOT_CONFIGURED,
                    "HADOOP_CONF_DIR is "
                            + directory
                            + ", where neither core-site.xml nor yarn-site.xml can be read. Set it"
                            + " to the directory that holds the cluster's configuration.");
        }
        Configuration configuration = empty();
        for (String name : SITE_FILES) {
            Path file = directory.resolve(name);
            if (Files.isReadable(file)) {
                configuration.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
            }
        }
        return parsed(configuration, directory);
    }

    /** The configuration that {@link #write} wrote. */
    public static Configuration ofFile(Path file) {
        if (!Files.isReadable(file)) {
            throw new MillraceException(
                    ErrorCode.CLUSTER_NOT_CONFIGURED, file + " cannot be read.");
        }
        Configuration configuration = empty();
        configuration.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
        return parsed(configuration, file);
    }

    /**
     * The configuration as far as this process knows one: the container's file, else the
     * environment's directory, else Hadoop's own defaults, with which every scheme still has its
     * file system.
     */
    public static Configuration ofProcess(Path workingDirectory, Map<String, String> environment) {
        Path file = workingDirectory.resolve(CONTAINER_FILE);
        if (Files.isReadable(file)) {
            return ofFile(file);
        }
        return confDirectory(environment).isPresent() ? ofEnvironment(environment) : empty();
    }

    /** Writes the settings that are not Hadoop's defaults. */
    public static void write(Configuration configuration, OutputStream out) throws IOException {
        Configuration own = new Configuration(false);
        for (Map.Entry<String, String> entry : configuration) {
            if (!isDefault(configuration.getPropertySources(entry.getKey()))) {
                own.set(entry.getKey(), configuration.getRaw(entry.getKey()));
            }
        }
        own.writeXml(out);
    }

    /**
     * Runs with Hadoop's own class loader as the thread's context: Hadoop finds file systems,
     * security and RPC classes through it, and a user's thread has another one.
     */
    public static <T> T withHadoopLoader(Supplier<T> body) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader engine = HadoopSite.class.getClassLoader();
        if (before == engine) {
            return body.get();
        }
        thread.setContextClassLoader(engine);
        try {
            return body.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Optional<Path> confDirectory(Map<String, String> environment) {
        String directory = environment.get("HADOOP_CONF_DIR");
        if (directory != null && !directory.isBlank()) {
            return Optional.of(Path.of(directory));
        }
        String home = environment.get("HADOOP_HOME");
        return home == null || home.isBlank()
                ? Optional.empty()
                : Optional.of(Path.of(home, "etc", "hadoop")).filter(Files::isDirectory);
    }

    private static Configuration empty() {
        return withHadoopLoader(
                () -> {
                    Configuration configuration = new YarnConfiguration();
                    configuration.setClassLoader(HadoopSite.class.getClassLoader());
                    return configuration;
                });
    }

    /** Makes Hadoop parse now, so that a broken file is an error here and not at the first use. */
    private static Configuration parsed(Configuration configuration, Path where) {
        try {
            configuration.get("fs.defaultFS");
            return configuration;
        } catch (RuntimeException e) {
            throw new MillraceException(
                    ErrorCode.CLUSTER_NOT_CONFIGURED,
                    "the Hadoop configuration in "
                            + where
                            + " cannot be parsed: "
                            + e.getMessage()
                            + ". Repair the file.",
                    e);
        }
    }

    /** Whether somebody has set an option that has a default of Hadoop's. */
    static boolean isSet(Configuration configuration, String key) {
        return configuration.get(key) != null && !isDefault(configuration.getPropertySources(key));
    }

    private static boolean isDefault(String[] sources) {
        if (sources == null || sources.length == 0) {
            return false;
        }
        String last = sources[sources.length - 1];
        return last.endsWith("-default.xml");
    }
}
