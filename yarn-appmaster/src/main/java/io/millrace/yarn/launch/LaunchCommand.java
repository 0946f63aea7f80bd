package io.millrace.yarn.launch;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The shell command that YARN runs in a container. Pure.
 *
 * <p>YARN puts the command between double quotes in a script, so two shells read it, and YARN
 * replaces {@code {{X}}} and {@code <LOG_DIR>} before. No text of a user can be quoted safely
 * through all that. So none goes in: JVM options and arguments are in an argument file ({@link
 * JavaArguments}), and a command with any character beyond a short list is refused.
 */
public final class LaunchCommand {
    private static final Pattern SAFE_WORD = Pattern.compile("[A-Za-z0-9@%_+=:,./-]+");
    private static final String JAVA = "{{JAVA_HOME}}/bin/java";

    /** Pauses of a few milliseconds, in builds of Java that have it. */
    private static final String SHENANDOAH = "-XX:+UseShenandoahGC";

    /** The shortest pauses that every Java has. */
    private static final String ELSE =
            "-XX:+UseG1GC -XX:MaxGCPauseMillis=4 -XX:+UnlockExperimentalVMOptions"
                    + " -XX:G1NewSizePercent=1";

    /** Who chooses the collector of garbage. */
    enum Collector {
        /** The argument file. */
        NAMED,
        /** The node, when the container starts: the one with the shortest pauses that it has. */
        LOW_PAUSE
    }

    private LaunchCommand() {}

    /**
     * @param javaHome null to take the one of the NodeManager
     * @param argumentFile relative to the container's working directory
     * @param flags JVM flags that are known only now
     * @param collector {@code LOW_PAUSE} starts a JVM more, for a tenth of a second, which tells
     *     whether it has Shenandoah
     * @param logName of the files in the log directory that take what the process prints
     * @throws MillraceException {@code INVALID_OPTION} if a part is not safe in a shell
     */
    public static String of(
            String javaHome,
            String argumentFile,
            List<String> flags,
            Collector collector,
            List<String> mainAndArguments,
            String logName) {
        String java = javaHome == null ? JAVA : safe(javaHome) + "/bin/java";
        StringBuilder command = new StringBuilder("exec ").append(java);
        if (collector == Collector.LOW_PAUSE) {
            command.append(" $(").append(java).append(' ').append(SHENANDOAH);
            command.append(" -Xmx32m -version >/dev/null 2>&1 && echo ").append(SHENANDOAH);
            command.append(" || echo ").append(ELSE).append(')');
        }
        flags.forEach(flag -> command.append(' ').append(safe(flag)));
        command.append(" -Dmillrace.log.dir=<LOG_DIR>");
        command.append(" -XX:ErrorFile=<LOG_DIR>/hs_err_pid%p.log");
        command.append(" @").append(safe(argumentFile));
        mainAndArguments.forEach(word -> command.append(' ').append(safe(word)));
        String log = "<LOG_DIR>/" + safe(logName);
        return command.append(" 1>")
                .append(log)
                .append(".out 2>")
                .append(log)
                .append(".err")
                .toString();
    }

    private static String safe(String word) {
        if (!SAFE_WORD.matcher(word).matches()) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "'"
                            + word
                            + "' cannot be part of a container's command: only letters, digits and"
                            + " @%_+=:,./- can. JVM options belong in 'yarn.worker.java-options'.");
        }
        return word;
    }
}
