package io.millrace.yarn.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.yarn.submit.MissingLogs.Found;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.LogAggregationStatus;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.util.Records;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of logs that are not there, or that the caller may not read. */
class MissingLogsTest {
    private static final Path ONE = new Path("/logs/bob/tfile/0001/application_1_0001");
    private static final Path OTHER = new Path("/logs/bob/ifile/0001/application_1_0001");

    private final Places files = new Places();

    @Test
    void whoMayNotReadThemIsToldSoWhateverYarnSays() throws IOException {
        files.children.put(
                ONE,
                new AccessControlException(
                        "Permission denied: user=alice, access=EXECUTE,"
                                + " inode=\"/logs/bob\":bob:hadoop:drwxrwx---\n\tat X"));
        for (LogAggregationStatus status : LogAggregationStatus.values()) {
            MillraceException error = explain(status, true);

            assertThat(error.code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
            assertThat(error.getMessage())
                    .contains("of user bob", "you (alice)", ONE.toString(), "drwxrwx---", "Ask bob")
                    .doesNotContain("at X", "not aggregated");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DISABLED, does not aggregate logs",
        "NOT_START, not aggregated them yet (status NOT_START)",
        "RUNNING, not aggregated them yet (status RUNNING)",
        "RUNNING_WITH_FAILURE, not aggregated them yet",
        "SUCCEEDED, yarn.log-aggregation.retain-seconds",
        "FAILED, could not aggregate them (status FAILED)",
        "TIME_OUT, could not aggregate them (status TIME_OUT)"
    })
    void whatIsNotThereIsExplainedByTheStatus(LogAggregationStatus status, String expected)
            throws IOException {
        MillraceException error = explain(status, true);

        assertThat(error.code()).isEqualTo(ErrorCode.PATH_NOT_FOUND);
        assertThat(error.getMessage()).contains("application_1_0001", expected);
    }

    @Test
    void withoutAStatusTheConfigurationTells() throws IOException {
        assertThat(explain(null, false)).hasMessageContaining("does not aggregate logs");
        assertThat(explain(null, true)).hasMessageContaining("not aggregated them yet");
    }

    @Test
    void filesOfOthersAreNoLogsOfOurs() throws IOException {
        files.children.put(OTHER, 2);

        assertThat(MissingLogs.at(files, List.of(ONE, OTHER)))
                .isEqualTo(new MissingLogs(OTHER, Found.OTHER_FILES, ""));
        assertThat(explain(LogAggregationStatus.SUCCEEDED, true))
                .hasMessageContaining("'yarn logs -applicationId application_1_0001' shows all");
    }

    @Test
    void aFileSystemThatFailsIsNoAbsence() {
        files.children.put(ONE, new IOException("all is down"));

        assertThatThrownBy(() -> MissingLogs.at(files, List.of(ONE, OTHER)))
                .hasMessage("all is down");
    }

    private MillraceException explain(LogAggregationStatus status, boolean enabled)
            throws IOException {
        ApplicationReport report = Records.newRecord(ApplicationReport.class);
        report.setApplicationId(ApplicationId.newInstance(1, 1));
        report.setUser("bob");
        report.setLogAggregationStatus(status);
        Configuration configuration = new Configuration(false);
        configuration.setBoolean(YarnConfiguration.LOG_AGGREGATION_ENABLED, enabled);
        return MissingLogs.at(files, List.of(ONE, OTHER))
                .explain(report, "alice", configuration, null);
    }

    /** Directories with a number of files, or with what is thrown there. */
    private static final class Places extends RawLocalFileSystem {
        private final Map<Path, Object> children = new HashMap<>();

        @Override
        public FileStatus[] listStatus(Path path) throws IOException {
            Object found = children.get(path);
            if (found instanceof IOException e) {
                throw e;
            }
            if (found == null) {
                throw new FileNotFoundException(path.toString());
            }
            return new FileStatus[(int) found];
        }
    }
}
