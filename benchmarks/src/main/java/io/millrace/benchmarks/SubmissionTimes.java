package io.millrace.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Time from the command to a running job on the sandbox, for the first and for later submissions,
 * and the memory of each process then.
 */
final class SubmissionTimes {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Setup setup;
    private final Path conf;

    private SubmissionTimes(Setup setup, Path conf) {
        this.setup = setup;
        this.conf = conf;
    }

    static void run(Setup setup, int submissions) throws Exception {
        Map<String, String> environment =
                Map.of("MILLRACE_SANDBOX_DIR", setup.work().resolve("sandbox").toString());
        long began = System.nanoTime();
        millrace(setup, environment, "sandbox", "start");
        System.out.printf("sandbox started        %6.2f s%n", secondsSince(began));
        try {
            String env = millrace(setup, environment, "sandbox", "env");
            Matcher matcher =
                    Pattern.compile("export HADOOP_CONF_DIR=['\"]?([^'\"\\n]+)").matcher(env);
            if (!matcher.find()) {
                throw new IOException("no HADOOP_CONF_DIR in: " + env);
            }
            SubmissionTimes times = new SubmissionTimes(setup, Path.of(matcher.group(1).trim()));
            for (int submission = 1; submission <= submissions; submission++) {
                times.submit(submission, System.out);
            }
        } finally {
            began = System.nanoTime();
            millrace(setup, environment, "sandbox", "stop");
            System.out.printf("sandbox stopped        %6.2f s%n", secondsSince(began));
        }
    }

    private void submit(int submission, PrintStream out) throws Exception {
        Map<String, String> environment = Map.of("HADOOP_CONF_DIR", conf.toString());
        long began = System.nanoTime();
        String id =
                applicationIn(
                        millrace(
                                setup,
                                environment,
                                "run",
                                "-t",
                                "yarn",
                                "-d",
                                "-p",
                                "4",
                                "-c",
                                "io.millrace.benchmarks.startup.Endless",
                                setup.jar().toString()));
        double submitted = secondsSince(began);
        awaitRunning(id);
        out.printf(
                "submission %d: command returned after %5.2f s, job running after %5.2f s%n",
                submission, submitted, secondsSince(began));
        if (submission == 1) {
            printMemory(out);
        }
        millrace(setup, environment, "cancel", id);
        awaitEnd(id);
    }

    private static String applicationIn(String output) throws IOException {
        Matcher matcher = Pattern.compile("application_\\d+_\\d+").matcher(output);
        if (!matcher.find()) {
            throw new IOException("no application id in: " + output);
        }
        return matcher.group();
    }

    private void awaitRunning(String id) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        String seen = "nothing";
        while (System.nanoTime() < deadline) {
            HttpResponse<String> response = get("/proxy/" + id + "/v1/jobs");
            seen = response.body();
            if (response.statusCode() == 200 && seen.startsWith("{")) {
                for (JsonNode job : JSON.readTree(seen).path("jobs")) {
                    if (job.path("state").asText().equals("RUNNING")
                            && job.path("recordsIn").asLong() > 0) {
                        return;
                    }
                }
            }
            Thread.sleep(20);
        }
        throw new IOException(id + " did not run within " + LIMIT + "; last answer: " + seen);
    }

    private void awaitEnd(String id) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            String state =
                    JSON.readTree(get("/ws/v1/cluster/apps/" + id).body())
                            .path("app")
                            .path("state")
                            .asText();
            if (List.of("FINISHED", "FAILED", "KILLED").contains(state)) {
                return;
            }
            Thread.sleep(50);
        }
        throw new IOException(id + " did not end within " + LIMIT);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        String address = property("yarn-site.xml", "yarn.resourcemanager.webapp.address");
        return http.send(
                HttpRequest.newBuilder(URI.create("http://" + address + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String property(String file, String key) throws IOException {
        Matcher matcher =
                Pattern.compile("<name>" + Pattern.quote(key) + "</name>\\s*<value>([^<]+)</value>")
                        .matcher(Files.readString(conf.resolve(file)));
        if (!matcher.find()) {
            throw new IOException(key + " is not in " + conf.resolve(file));
        }
        return matcher.group(1);
    }

    /**
     * Resident memory and start-up CPU of every Java process below this user that names Millrace.
     */
    private static void printMemory(PrintStream out) {
        ProcessHandle.allProcesses()
                .filter(handle -> handle.info().commandLine().orElse("").contains("millrace"))
                .filter(handle -> handle.info().command().orElse("").endsWith("/java"))
                .filter(handle -> handle.pid() != ProcessHandle.current().pid())
                .forEach(handle -> out.printf("  %s%n", describe(handle)));
    }

    private static String describe(ProcessHandle handle) {
        String[] arguments = handle.info().arguments().orElse(new String[0]);
        String name = "?";
        for (String argument : arguments) {
            if (argument.matches("([a-z]\\w*\\.)+[A-Z]\\w*") && !argument.endsWith("Launcher")) {
                name = argument;
                break;
            }
        }
        long rssKb = 0;
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + handle.pid() + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    rssKb = Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        } catch (IOException e) {
            return name + ": ended meanwhile";
        }
        return String.format(
                "%-70s %5d MB resident, %5.1f s CPU",
                name,
                rssKb / 1024,
                handle.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3);
    }

    private static double secondsSince(long beganNanos) {
        return (System.nanoTime() - beganNanos) / 1e9;
    }

    private static String millrace(
            Setup setup, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return Child.run(
                java.util.stream.Stream.concat(
                                java.util.stream.Stream.of(setup.millrace()),
                                java.util.Arrays.stream(arguments))
                        .toList(),
                environment,
                Files.createTempFile(setup.work(), arguments[0], ".log"),
                LIMIT);
    }
}
