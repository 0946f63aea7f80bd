package io.millrace.yarn.submit;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.hdfs.HadoopErrors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.LogAggregationStatus;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/**
 * Why there are no aggregated logs of an application that has ended: YARN's reader says only that
 * it has found none, also to somebody who may not look. Immutable.
 *
 * @param place where they lie or should come to
 * @param found what a look there shows
 * @param problem of that look; empty if there is none
 */
record MissingLogs(Path place, Found found, String problem) {
    /** What lies where logs should be. */
    enum Found {
        NOTHING,
        /** Files, but none that is read. */
        OTHER_FILES,
        /** The caller may not look. */
        FORBIDDEN
    }

    /**
     * Looks, with a call for each place until one is not empty.
     *
     * @param places where one of YARN's forms of logs would lie, at least one
     * @throws IOException of the file system, but not for what is missing or forbidden
     */
    static MissingLogs at(FileSystem files, List<Path> places) throws IOException {
        for (Path place : places) {
            try {
                if (files.listStatus(place).length > 0) {
                    return new MissingLogs(place, Found.OTHER_FILES, "");
                }
            } catch (AccessControlException e) {
                return new MissingLogs(place, Found.FORBIDDEN, HadoopErrors.firstLine(e));
            } catch (FileNotFoundException e) {
                continue; // the next one
            }
        }
        return new MissingLogs(places.get(0), Found.NOTHING, "");
    }

    /**
     * The error for people.
     *
     * @param caller the user who asks, as the cluster calls them
     * @param cause what YARN's reader has said; null if nothing
     */
    MillraceException explain(
            ApplicationReport report,
            String caller,
            Configuration configuration,
            IOException cause) {
        if (found == Found.FORBIDDEN) {
            return new MillraceException(
                    ErrorCode.PERMISSION_DENIED,
                    report.getApplicationId()
                            + " of user "
                            + report.getUser()
                            + " has ended, and you ("
                            + caller
                            + ") may not read its logs in "
                            + place
                            + ": "
                            + problem
                            + ". Ask "
                            + report.getUser()
                            + ", or somebody of the group that may read that directory.",
                    cause);
        }
        return new MillraceException(
                ErrorCode.PATH_NOT_FOUND,
                report.getApplicationId()
                        + " has ended and its logs cannot be read: "
                        + why(report, configuration),
                cause);
    }

    private String why(ApplicationReport report, Configuration configuration) {
        LogAggregationStatus status = statusOf(report, configuration);
        return switch (status) {
            case DISABLED ->
                    "the cluster does not aggregate logs (yarn.log-aggregation-enable is false)."
                            + " For a while each node keeps them in "
                            + configuration.get(
                                    YarnConfiguration.NM_LOG_DIRS,
                                    YarnConfiguration.DEFAULT_NM_LOG_DIRS)
                            + "/"
                            + report.getApplicationId()
                            + ".";
            case NOT_START, RUNNING, RUNNING_WITH_FAILURE ->
                    "YARN has not aggregated them yet (status "
                            + status
                            + "). They should come to "
                            + place
                            + "; try again in a few seconds.";
            case FAILED, TIME_OUT ->
                    "YARN could not aggregate them (status "
                            + status
                            + "). The logs of the NodeManagers that ran its containers say why; what"
                            + " was written before would be in "
                            + place
                            + ".";
            case SUCCEEDED ->
                    found == Found.OTHER_FILES
                            ? "YARN has aggregated them to "
                                    + place
                                    + ", but there is no file of Millrace's processes among them."
                                    + " 'yarn logs -applicationId "
                                    + report.getApplicationId()
                                    + "' shows all."
                            : "YARN has aggregated them, and they are no more in "
                                    + place
                                    + ": they were deleted, as happens after"
                                    + " yarn.log-aggregation.retain-seconds.";
        };
    }

    /** Of an application that its ResourceManager has forgotten there is none. */
    private LogAggregationStatus statusOf(ApplicationReport report, Configuration configuration) {
        if (report.getLogAggregationStatus() != null) {
            return report.getLogAggregationStatus();
        }
        if (!configuration.getBoolean(YarnConfiguration.LOG_AGGREGATION_ENABLED, false)) {
            return LogAggregationStatus.DISABLED;
        }
        return found == Found.OTHER_FILES
                ? LogAggregationStatus.SUCCEEDED
                : LogAggregationStatus.NOT_START;
    }
}
