package io.millrace.client.sandbox;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * The main class of every daemon's process: makes the configuration visible, formats a new NameNode
 * or broker, and calls the daemon's own main class. It runs from the {@link SupportJar} and uses no
 * other class of this project.
 *
 * <p>The configuration directory comes by the context class loader, where Hadoop looks, and not by
 * the class path: with a directory on it, the JVM refuses to archive class data, and the archive
 * halves the start.
 */
public final class DaemonMain {
    /** Looked through as a whole when a daemon starts; the support jar has them, too. */
    static final List<String> SEARCHED =
            List.of(
                    "webapps/",
                    "org/apache/hadoop/hdfs/web/resources/",
                    "org/apache/hadoop/hdfs/server/namenode/web/resources/",
                    "org/apache/hadoop/yarn/server/nodemanager/webapp/");

    private static final String KAFKA = "kafka.Kafka";
    private static final String NAMENODE = "org.apache.hadoop.hdfs.server.namenode.NameNode";

    private DaemonMain() {}

    /**
     * @param args configuration directory, data directory, the daemon's main class, its arguments
     */
    public static void main(String[] args) throws Exception {
        URL conf = Path.of(args[0]).toUri().toURL();
        String mainClass = args[2];
        Thread.currentThread()
                .setContextClassLoader(new ContextLoader(conf, DaemonMain.class.getClassLoader()));
        try {
            if (mainClass.equals(NAMENODE) && !Files.exists(Path.of(args[1], "current"))) {
                formatNameNode();
            }
            if (mainClass.equals(KAFKA) && !Files.exists(Path.of(args[1], "meta.properties"))) {
                formatKafka(args[3]);
            }
            Class.forName(mainClass)
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) Arrays.copyOfRange(args, 3, args.length));
        } catch (InvocationTargetException e) {
            e.getCause().printStackTrace();
            System.exit(1);
        } catch (ReflectiveOperationException e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void formatKafka(String properties) throws ReflectiveOperationException {
        Object clusterId =
                Class.forName("org.apache.kafka.common.Uuid").getMethod("randomUuid").invoke(null);
        String[] arguments = {"format", "-t", clusterId.toString(), "-c", properties};
        Object exit =
                Class.forName("kafka.tools.StorageTool")
                        .getMethod("execute", String[].class, PrintStream.class)
                        .invoke(null, arguments, System.out);
        if (!exit.equals(0)) {
            throw new IllegalStateException("Kafka's directory was not formatted: exit " + exit);
        }
    }

    private static void formatNameNode() throws ReflectiveOperationException {
        // Formatting registers metrics that the NameNode registers again.
        Class.forName("org.apache.hadoop.metrics2.lib.DefaultMetricsSystem")
                .getMethod("setMiniClusterMode", boolean.class)
                .invoke(null, true);
        Class<?> configuration = Class.forName("org.apache.hadoop.hdfs.HdfsConfiguration");
        Class<?> parameter = Class.forName("org.apache.hadoop.conf.Configuration");
        Class.forName(NAMENODE)
                .getMethod("format", parameter)
                .invoke(null, configuration.getConstructor().newInstance());
    }

    /** Adds the configuration directory, and answers searches from the support jar alone. */
    private static final class ContextLoader extends URLClassLoader {
        ContextLoader(URL conf, ClassLoader daemons) {
            super(new URL[] {conf}, daemons);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            boolean searched = SEARCHED.contains(name.endsWith("/") ? name : name + "/");
            URL first = searched ? getResource(name) : null;
            return first == null
                    ? super.getResources(name)
                    : Collections.enumeration(List.of(first));
        }
    }
}
