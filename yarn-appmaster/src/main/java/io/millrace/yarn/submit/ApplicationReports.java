package io.millrace.yarn.submit;

import io.millrace.api.error.ErrorCode;
import io.millrace.yarn.claim.RunTag;
import io.millrace.yarn.launch.ContainerExit;
import io.millrace.yarn.submit.ApplicationState.Phase;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;

/** What a report of the ResourceManager means to a user. Pure. */
final class ApplicationReports {
    private static final Pattern EXIT_CODE = Pattern.compile("exitCode: (-?\\d+)");

    private ApplicationReports() {}

    static ApplicationState toState(ApplicationReport report) {
        Phase phase = phaseOf(report);
        return new ApplicationState(
                report.getApplicationId().toString(),
                report.getName(),
                report.getUser(),
                report.getQueue(),
                RunTag.among(report.getApplicationTags()),
                phase,
                diagnostics(phase, report.getDiagnostics()),
                baseUrl(report.getOriginalTrackingUrl()),
                baseUrl(report.getTrackingUrl()),
                report.getProgress(),
                report.getStartTime(),
                report.getFinishTime());
    }

    private static Phase phaseOf(ApplicationReport report) {
        return switch (report.getYarnApplicationState()) {
            case NEW, NEW_SAVING, SUBMITTED, ACCEPTED -> Phase.WAITING;
            case RUNNING -> phaseOf(report.getFinalApplicationStatus(), Phase.RUNNING);
            case FINISHED -> phaseOf(report.getFinalApplicationStatus(), Phase.FAILED);
            case FAILED -> Phase.FAILED;
            case KILLED -> Phase.KILLED;
        };
    }

    /** The job's own word; while YARN still clears away, the job has ended already. */
    private static Phase phaseOf(FinalApplicationStatus status, Phase otherwise) {
        return switch (status) {
            case SUCCEEDED -> Phase.SUCCEEDED;
            case FAILED -> Phase.FAILED;
            case KILLED -> Phase.KILLED;
            case UNDEFINED, ENDED -> otherwise;
        };
    }

    /** Puts a code and a cause in front of what YARN writes when a master dies. */
    static String diagnostics(Phase phase, String text) {
        if (text == null || text.isBlank()) {
            return "";
        }
        String stripped = text.strip();
        if (phase != Phase.FAILED || startsWithCode(stripped)) {
            return stripped;
        }
        Matcher exit = EXIT_CODE.matcher(stripped);
        String why =
                exit.find()
                        ? ContainerExit.explain(Integer.parseInt(exit.group(1)), null)
                        : "YARN has ended it.";
        return ErrorCode.INTERNAL
                + ": the application master ended without a result: "
                + why
                + " See 'millrace logs'.\n"
                + stripped;
    }

    private static boolean startsWithCode(String text) {
        return Arrays.stream(ErrorCode.values()).anyMatch(code -> text.startsWith(code + ":"));
    }

    private static String baseUrl(String url) {
        if (url == null || url.isBlank() || url.equals("N/A")) {
            return null;
        }
        String whole = url.contains("://") ? url : "http://" + url;
        return whole.endsWith("/") ? whole : whole + "/";
    }
}
