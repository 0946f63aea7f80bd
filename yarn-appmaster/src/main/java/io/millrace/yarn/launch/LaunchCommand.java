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

    private static final String G1 = "-XX:+UseG1GC";

    /** G1 that looks through its old objects once they fill 70 % of the heap. */
    /* By itself it begins at 45 %, and lower where much was allocated at a time, as by a savepoint. State that lives
     * is more than that, so each collection began another search of objects that are all in use: about three seconds
     * of processor time for a gigabyte, twice a minute and with every savepoint. */
    private static final String STATE_G1 =
            G1 + " -XX:InitiatingHeapOccupancyPercent=70 -XX:-G1UseAdaptiveIHOP";

    /** Who chooses the collector of garbage. */
    enum Collector {
        /** The argument file. */
        NAMED(null, null),

        /**
         * The node, when the container starts: Shenandoah in builds of Java that have it, with
         * pauses of a few milliseconds, else the shortest pauses that every Java has.
         */
        LOW_PAUSE(
                "-XX:+UseShenandoahGC",
                G1
                        + " -XX:MaxGCPauseMillis=4 -XX:+UnlockExperimentalVMOptions"
                        + " -XX:G1NewSizePercent=1"),

        /**
         * G1 for much state, and in the releases of Java that have it its cache of cards that
         * change often.
         */
        /* State is old objects of which each record makes one refer to a new value. G1's refinement threads look
         * through the 512 bytes around each such change, again and again: they took half of the processor time of a
         * job that updates millions of keys. A card in the cache waits, marked, for the next collection, which looks
         * through it once, and further changes of it cost nothing. The default of 1024 cards, for those that were
         * refined four times, is too small for state; 2^18 are 128 MB of heap that changes between two
         * collections, and take 2 MB. Java has no such cache any more from release 21 on. */
        THROUGHPUT(STATE_G1 + " -XX:G1ConcRSLogCacheSize=18 -XX:G1ConcRSHotCardLimit=1", STATE_G1);

        private final String wanted; // null if nothing is to be chosen
        private final String otherwise;

        Collector(String wanted, String otherwise) {
            this.wanted = wanted;
            this.otherwise = otherwise;
        }
    }

    private LaunchCommand() {}

    /**
     * @param javaHome null to take the one of the NodeManager
     * @param argumentFile relative to the container's working directory
     * @param flags JVM flags that are known only now
     * @param collector all but {@code NAMED} start a JVM more, for a tenth of a second, which tells
     *     whether it takes the options
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
        if (collector != Collector.NAMED) {
            command.append(" $(").append(java).append(' ').append(collector.wanted);
            command.append(" -Xmx32m -version >/dev/null 2>&1 && echo ").append(collector.wanted);
            command.append(" || echo ").append(collector.otherwise).append(')');
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
