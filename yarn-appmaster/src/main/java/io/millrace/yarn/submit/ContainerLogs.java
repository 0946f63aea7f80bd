package io.millrace.yarn.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.hdfs.HadoopErrors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptReport;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.ContainerReport;
import org.apache.hadoop.yarn.logaggregation.ContainerLogsRequest;
import org.apache.hadoop.yarn.logaggregation.filecontroller.LogAggregationFileController;
import org.apache.hadoop.yarn.logaggregation.filecontroller.LogAggregationFileControllerFactory;

/**
 * The logs of one application's containers: of the running ones from the web pages of their nodes,
 * of an application that has ended from where YARN has aggregated them. Confined to one thread.
 */
final class ContainerLogs {
    private static final int TIMEOUT_MS = 10_000;

    /** Our processes' files; YARN puts scripts and lists of its own beside them. */
    private static final Pattern OURS =
            Pattern.compile(
                    "(millrace\\.log[.0-9]*|(master|worker)\\.(out|err)|hs_err[a-z0-9_]*\\.log)");

    private static final Set<String> OURS_IN_AGGREGATE =
            Set.of(
                    "millrace.log",
                    "millrace.log.1",
                    "millrace.log.2",
                    "master.out",
                    "master.err",
                    "worker.out",
                    "worker.err");

    private final Cluster cluster;
    private final ApplicationReport report;

    ContainerLogs(Cluster cluster, ApplicationReport report) {
        this.cluster = cluster;
        this.report = report;
    }

    void writeTo(Appendable out) {
        boolean ended = report.getFinishTime() > 0;
        try {
            if (ended) {
                writeAggregated(out);
            } else {
                writeRunning(out);
            }
        } catch (IOException e) {
            throw HadoopErrors.explain(e, "read the logs of", report.getApplicationId());
        }
    }

    private void writeRunning(Appendable out) throws IOException {
        List<ContainerReport> containers = new ArrayList<>();
        for (ApplicationAttemptReport attempt :
                cluster.ask(
                        "list attempts",
                        yarn -> yarn.getApplicationAttempts(report.getApplicationId()))) {
            containers.addAll(
                    cluster.ask(
                            "list containers",
                            yarn -> yarn.getContainers(attempt.getApplicationAttemptId())));
        }
        if (containers.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.PATH_NOT_FOUND,
                    report.getApplicationId()
                            + " has no containers yet, so it has no logs. It is "
                            + report.getYarnApplicationState()
                            + ".");
        }
        for (ContainerReport container : containers) {
            String base =
                    container.getNodeHttpAddress()
                            + "/ws/v1/node/containers/"
                            + container.getContainerId()
                            + "/logs";
            for (String file : fileNames(base)) {
                heading(out, container.getContainerId() + " " + file);
                copy(base + "/" + file, out);
            }
        }
    }

    /** The container's log files as its NodeManager lists them. */
    private Set<String> fileNames(String url) throws IOException {
        Set<String> names = new HashSet<>();
        try (InputStream in = open(url, "application/json")) {
            for (JsonNode name : new ObjectMapper().readTree(in).findValues("fileName")) {
                names.add(name.asText());
            }
        }
        names.removeIf(name -> !OURS.matcher(name).matches());
        return names;
    }

    private void copy(String url, Appendable out) throws IOException {
        try (Reader in = new InputStreamReader(open(url, "text/plain"), StandardCharsets.UTF_8)) {
            char[] buffer = new char[1 << 14];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.append(new String(buffer, 0, n));
            }
        }
    }

    private InputStream open(String url, String type) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection)
                        new URL(url.contains("://") ? url : "http://" + url).openConnection();
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        connection.setRequestProperty("Accept", type);
        return connection.getInputStream();
    }

    private void writeAggregated(Appendable out) throws IOException {
        LogAggregationFileControllerFactory controllers =
                new LogAggregationFileControllerFactory(cluster.configuration());
        LogAggregationFileController controller = null;
        try {
            controller =
                    controllers.getFileControllerForRead(
                            report.getApplicationId(), report.getUser());
        } catch (IOException e) {
            throw missing(controllers, e);
        }
        ContainerLogsRequest request = new ContainerLogsRequest();
        request.setAppId(report.getApplicationId());
        request.setAppOwner(report.getUser());
        request.setAppFinished(true);
        request.setBytes(Long.MAX_VALUE);
        request.setLogTypes(OURS_IN_AGGREGATE);
        if (!controller.readAggregatedLogs(request, new AppendingStream(out))) {
            throw missing(controllers, null);
        }
    }

    private MillraceException missing(
            LogAggregationFileControllerFactory controllers, IOException cause) throws IOException {
        List<Path> places = new ArrayList<>();
        for (LogAggregationFileController one :
                controllers.getConfiguredLogAggregationFileControllerList()) {
            places.add(one.getRemoteAppLogDir(report.getApplicationId(), report.getUser()));
        }
        return MissingLogs.at(cluster.files(places.get(0)), places)
                .explain(report, cluster.userName(), cluster.configuration(), cause);
    }

    private static void heading(Appendable out, String what) throws IOException {
        out.append("\n==> ").append(what).append(" <==\n");
    }

    /** Decodes what is written, a line at a time. */
    private static final class AppendingStream extends OutputStream {
        private final Appendable out;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        AppendingStream(Appendable out) {
            this.out = out;
        }

        @Override
        public void write(int b) {
            line.write(b);
            if (b == '\n') {
                flush();
            }
        }

        @Override
        public void flush() {
            try {
                out.append(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            flush();
        }
    }
}
