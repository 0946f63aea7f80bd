package io.millrace.api.launch;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Builds the engine's class loader over {@code <home>/lib/engine} and {@code <home>/lib/hadoop} and
 * calls the main class that the first argument names. The home is the system property {@code
 * millrace.home}.
 *
 * <p>The JVM's own class path holds the root only: the API, SLF4J and the logging back end. So a
 * user's program, whose loader has the root above it, never meets the engine's libraries.
 */
public final class Launcher {
    /** Written once by the main thread, before it calls the engine; read by any thread. */
    private static volatile ClassLoader engine;

    private Launcher() {}

    /**
     * The engine's loader in this process; null if nobody launched it, as on a plain class path.
     */
    public static ClassLoader engine() {
        return engine;
    }

    public static void main(String[] args) throws Throwable {
        String home = System.getProperty("millrace.home");
        if (home == null || args.length == 0) {
            System.err.println(
                    "USAGE: java -Dmillrace.home=DIR -cp 'DIR/lib/*' "
                            + Launcher.class.getName()
                            + " MAIN_CLASS [ARGUMENT...]");
            System.exit(2);
        }
        engine = engineLoader(new File(home));
        Thread.currentThread().setContextClassLoader(engine);
        try {
            Class.forName(args[0], true, engine)
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /**
     * A loader of the jars in {@code lib/engine} and, behind them, {@code lib/hadoop}.
     *
     * @throws IOException if there is no engine
     */
    static ClassLoader engineLoader(File home) throws IOException {
        List<URL> jars = new ArrayList<>(jarsIn(new File(home, "lib/engine")));
        if (jars.isEmpty()) {
            throw new IOException(
                    "no engine in "
                            + new File(home, "lib/engine")
                            + ": millrace.home must be the directory of a distribution");
        }
        jars.addAll(jarsIn(new File(home, "lib/hadoop")));
        return new URLClassLoader(
                "engine", jars.toArray(URL[]::new), Launcher.class.getClassLoader());
    }

    private static List<URL> jarsIn(File directory) throws MalformedURLException {
        File[] files = directory.listFiles((dir, name) -> name.endsWith(".jar"));
        List<URL> urls = new ArrayList<>();
        if (files != null) {
            Arrays.sort(files);
            for (File file : files) {
                urls.add(file.toURI().toURL());
            }
        }
        return urls;
    }
}
