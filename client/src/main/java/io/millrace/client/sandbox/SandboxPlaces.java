package io.millrace.client.sandbox;

import java.nio.file.Path;

/** Where a sandbox and its libraries lie by default. Pure but for the environment it reads. */
public final class SandboxPlaces {
    private SandboxPlaces() {}

    /**
     * @param chosen by the command line, null if it says nothing
     */
    public static Path directory(Path chosen) {
        if (chosen != null) {
            return chosen.toAbsolutePath().normalize();
        }
        String fromEnvironment = System.getenv("MILLRACE_SANDBOX_DIR");
        if (fromEnvironment != null && !fromEnvironment.isEmpty()) {
            return Path.of(fromEnvironment).toAbsolutePath().normalize();
        }
        return Path.of(System.getProperty("millrace.base", home())).resolve("sandbox-data");
    }

    /** The daemons' jars in the distribution. */
    public static Path libraries() {
        return Path.of(home(), "sandbox", "lib");
    }

    private static String home() {
        return System.getProperty("millrace.home", ".");
    }
}
