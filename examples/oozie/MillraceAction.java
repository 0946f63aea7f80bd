import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The main class of a java action of Oozie: runs the {@code millrace} command in a process of its
 * own, with the Java that the command finds, whatever Java the launcher runs on (8 is enough here).
 * The command writes the action's captured output itself.
 *
 * <p>Arguments: the command and its arguments. The action fails with the last line that the command
 * has said, which is the error in one sentence.
 */
public final class MillraceAction {
    private MillraceAction() {}

    public static void main(String[] args) throws Exception {
        List<String> command = new ArrayList<>(Arrays.asList("bash"));
        command.addAll(Arrays.asList(args));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.INHERIT);
        tellAction(builder.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        String last = passOnErrors(process);
        int exitCode = process.waitFor();
        if (exitCode != 0) {
            throw new IllegalStateException("millrace ended with " + exitCode + ": " + last);
        }
    }

    /** What Oozie has told the launcher by system properties. */
    private static void tellAction(Map<String, String> environment) {
        String captured = System.getProperty("oozie.action.output.properties");
        if (captured != null) {
            String before = environment.get("MILLRACE_JAVA_OPTS");
            environment.put(
                    "MILLRACE_JAVA_OPTS",
                    (before == null ? "" : before + " ")
                            + "-Doozie.action.output.properties="
                            + captured);
        }
        String configuration = System.getProperty("oozie.action.conf.xml");
        if (configuration != null) {
            environment.put("OOZIE_ACTION_CONF_XML", configuration);
        }
    }

    private static String passOnErrors(Process process) throws IOException {
        String last = "";
        try (BufferedReader errors =
                new BufferedReader(
                        new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = errors.readLine(); line != null; line = errors.readLine()) {
                System.err.println(line);
                last = line.trim().isEmpty() ? last : line;
            }
        }
        return last;
    }
}
