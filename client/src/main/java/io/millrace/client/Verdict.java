package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.yarn.submit.ApplicationState;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a failed application failed, as YARN's diagnostics tell it. Immutable.
 *
 * @param message one line that begins with the code
 * @param details operator and stack trace; may be empty
 */
record Verdict(ErrorCode code, String message, String details) {
    private static final Pattern CODED = Pattern.compile("^([A-Z][A-Z_]+): ", Pattern.MULTILINE);

    /** The first line that begins with a code of ours; else the cluster ended it by itself. */
    static Verdict of(ApplicationState failed) {
        String diagnostics = failed.diagnostics().strip();
        Matcher matcher = CODED.matcher(diagnostics);
        while (matcher.find()) {
            try {
                ErrorCode code = ErrorCode.valueOf(matcher.group(1));
                String[] parts = diagnostics.substring(matcher.start()).split("\\R", 2);
                return new Verdict(code, parts[0], parts.length < 2 ? "" : parts[1].strip());
            } catch (IllegalArgumentException e) {
                // a word in capitals of somebody else
            }
        }
        return new Verdict(
                ErrorCode.INTERNAL,
                ErrorCode.INTERNAL
                        + ": "
                        + failed.applicationId()
                        + " failed without saying why. YARN says: "
                        + (diagnostics.isEmpty() ? "nothing" : diagnostics)
                        + ". See 'millrace logs "
                        + failed.applicationId()
                        + "'.",
                "");
    }
}
