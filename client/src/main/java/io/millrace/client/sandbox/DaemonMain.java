package io.millrace.client.sandbox;

import java.io.IOException;
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
 * The main class of every daemon's process: makes the configuration visible, formats a new
 * NameNode, and calls the daemon's own main class.
 *
 * <p>The configuration directory comes by the context class loader, where Hadoop looks, and not by
 * the class path: with a directory on it, the JVM refuses to archive class data, and the archive
 * halves the start.
 */
public final class DaemonMain {
    private DaemonMain() {}

    /**
     * @param args daemon's id, configuration directory, data directory, then the daemon's arguments
     */
    public static void main(String[] args) throws Exception {
        Daemon daemon = Daemon.valueOf(args[0].toUpperCase(java.util.Locale.ROOT));
        URL conf = Path.of(args[1]).toUri().toURL();
        Thread.currentThread()
                .setContextClassLoader(new ContextLoader(conf, DaemonMain.class.getClassLoader()));
        try {
            if (daemon == Daemon.NAMENODE && !Files.exists(Path.of(args[2], "current"))) {
                format(daemon);
            }
            Class.forName(daemon.mainClass())
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

    private static void format(Daemon namenode) throws ReflectiveOperationException {
        // Formatting registers metrics that the NameNode registers again.
        Class.forName("org.apache.hadoop.metrics2.lib.DefaultMetricsSystem")
                .getMethod("setMiniClusterMode", boolean.class)
                .invoke(null, true);
        Class<?> configuration = Class.forName("org.apache.hadoop.hdfs.HdfsConfiguration");
        Class<?> parameter = Class.forName("org.apache.hadoop.conf.Configuration");
        Class.forName(namenode.mainClass())
                .getMethod("format", parameter)
                .invoke(null, configuration.getConstructor().newInstance());
    }

    /** Adds the configuration directory, and sends searches for web pages to the small jar only. */
    private static final class ContextLoader extends URLClassLoader {
        ContextLoader(URL conf, ClassLoader daemons) {
            super(new URL[] {conf}, daemons);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            URL first = WebPages.has(name) ? getResource(name) : null;
            return first == null
                    ? super.getResources(name)
                    : Collections.enumeration(List.of(first));
        }
    }
}
