package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.yarn.submit.ApplicationState;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a failed application failed, as YARN's diagnostics tell it. Immutable.
 *
 * @param message begins with the code
 */
record Verdict(ErrorCode code, String message) {
    private static final Pattern CODED = Pattern.compile("^([A-Z][A-Z_]+): ", Pattern.MULTILINE);

    /** The first line that begins with a code of ours; else the cluster ended it by itself. */
    static Verdict of(ApplicationState failed) {
        String diagnostics = failed.diagnostics().strip();
        Matcher matcher = CODED.matcher(diagnostics);
        while (matcher.find()) {
            try {
                ErrorCode code = ErrorCode.valueOf(matcher.group(1));
                return new Verdict(code, diagnostics.substring(matcher.start()));
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
                        + "'.");
    }
}
