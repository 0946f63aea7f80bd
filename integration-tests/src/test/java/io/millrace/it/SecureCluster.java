package io.millrace.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.testing.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * A command: what a user does on a cluster that is secured by Kerberos, on a sandbox of its own
 * whose delegation tokens end after a minute. Takes about five minutes.
 *
 * <pre>
 * mvn -q -Dfast -DskipTests -Psecure package -pl integration-tests -am
 * </pre>
 *
 * <p>Without a ticket; with one that ends soon; as somebody else, who was asked to or not. Then two
 * jobs that outlive their tokens and lose a worker each: the one with a keytab goes on, the other
 * one cannot. Both lose their application masters: the one with a keytab is led by a second master,
 * which starts another worker, is stopped with a savepoint, goes on from it, and its output is read
 * and compared; the other one ends and says why. At last the key distribution center is killed, and
 * the application master has to say so. Exits with 1 if anything is not as expected.
 */
final class SecureCluster {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int TOKENS_LIVE_SECONDS = 60;
    static final String PROGRAM = "io.millrace.it.program.Visits";
    private static final int PAGES = 100; // of the program
    private static final int RECORDS = 200_000;
    private static final int PER_SECOND = 200; // it shall not end before it is stopped
    private static final int PER_SECOND_TO_THE_END = 20_000;

    private final Sandbox sandbox;
    private final Path jar;
    private final Path elsewhere; // a home directory without anybody's secrets

    private SecureCluster(Sandbox sandbox) throws IOException {
        this.sandbox = sandbox;
        this.elsewhere = Files.createTempDirectory("millrace-secure");
        this.jar = ProgramJar.build(elsewhere);
    }

    /** The command; see above. */
    public static void main(String[] args) throws Exception {
        Path place = Millrace.CHECKOUT.resolve("integration-tests/target/secure-sandbox");
        say("1/8 Starting HDFS and YARN with Kerberos in " + place);
        int exitCode = 1;
        try (Sandbox sandbox =
                new Sandbox(
                        place,
                        true,
                        "--secure",
                        "--token-lifetime",
                        String.valueOf(TOKENS_LIVE_SECONDS))) {
            new SecureCluster(sandbox).run();
            exitCode = 0;
            say("    As expected. Stopping the sandbox");
        } catch (AssertionError e) {
            say("    Not as expected: " + e);
        }
        System.exit(exitCode); // Hadoop leaves threads behind
    }

    private void run() throws Exception {
        say("2/8 Without a ticket, with one that ends soon, with a keytab");
        Millrace millrace = sandbox.millrace();
        millrace.run("list").failedWith(8, "AUTHENTICATION_FAILED");
        require(rules(check(List.of())), "ERROR ticket");
        millrace.run("sandbox", "ticket", "--lifetime", "300").succeeded();
        require(rules(check(List.of())), "WARNING ticket", "WARNING tokens");
        List<String> kept = rules(check(keytabOf(user())));
        if (kept.stream()
                .anyMatch(rule -> rule.contains(" ticket ") || rule.contains(" tokens "))) {
            throw new AssertionError("a keytab needs no ticket: " + kept);
        }

        say("3/8 A service submits for another user, and strangers call commands");
        new SecureImpersonation(sandbox, jar).run(files(), this::as);

        say("4/8 One job with a keytab, one with a ticket, for longer than tokens live");
        millrace.run("sandbox", "ticket").succeeded(); // the one that ends soon may have ended
        String lasting = submit(withZooKeeper(), "/lasting", null, PER_SECOND);
        String brief = submit(List.of(), "/brief", null, PER_SECOND);
        awaitState(lasting, "RUNNING");
        awaitState(brief, "RUNNING");
        requireText(
                Files.readString(sandbox.directory().resolve("logs/zookeeper.log")),
                "authorizationID=" + user() + "@MILLRACE.SANDBOX");
        as("guest", "cancel", lasting).failedWith(8, "NOT_PERMITTED");
        TimeUnit.SECONDS.sleep(TOKENS_LIVE_SECONDS + 15); // what this is about: time has to pass

        say("5/8 Killing a worker of each");
        Workers.of(lasting).get(0).destroyForcibly();
        Workers.of(brief).get(0).destroyForcibly();
        Await.until(
                "the job with a ticket cannot reach its files",
                LIMIT,
                () -> Applications.page(sandbox, brief, "exceptions").toString(),
                body -> body.contains("has expired"));
        Await.until(
                "the job with a keytab was restarted and runs",
                LIMIT,
                () -> Applications.job(sandbox, lasting),
                job ->
                        job.path("restarts").asInt() > 0
                                && job.path("state").asText().equals("RUNNING"));

        say("6/8 Killing the application master of each, and then a worker of the second master");
        killMaster(brief);
        killMaster(lasting);
        loseAWorker(lasting);
        String ended =
                Await.until(
                        "the job with a ticket ends, since its second master cannot act",
                        LIMIT,
                        () -> diagnostics(brief),
                        text -> text.contains("AUTHENTICATION_FAILED"));
        requireText(ended, "'security.kerberos.login.keytab'");
        requireText(millrace.run("info", brief).succeeded().out(), "AUTHENTICATION_FAILED");

        say("7/8 Stopping the other one with a savepoint, and going on from it");
        String savepoint =
                lastLine(with(millrace, "stop", keytabOf(user()), lasting).succeeded().out());
        requireText(
                with(millrace, "info", keytabOf(user()), lasting).succeeded().out(), "SUCCEEDED");
        Await.until(
                "the logs of the ended job",
                LIMIT,
                () -> with(millrace, "logs", keytabOf(user()), lasting).out(),
                logs -> logs.contains("Delegation tokens were obtained"));
        String resumed = submit(keytabOf(user()), "/lasting", savepoint, PER_SECOND_TO_THE_END);
        Await.until(
                "the job's end",
                LIMIT,
                () -> sandbox.resourceManager().application(resumed).path("finalStatus").asText(),
                status -> status.equals("SUCCEEDED"));
        judge("/lasting");

        say("8/8 Killing the key distribution center");
        String late = submit(keytabOf(user()), "/late", null, PER_SECOND);
        awaitState(late, "RUNNING");
        killKdc();
        Await.until(
                "the application master says that there are no new tokens",
                LIMIT,
                () -> Applications.overview(sandbox, late).path("troubles").toString(),
                troubles -> troubles.contains("new delegation tokens were not obtained"));
    }

    /** And waits until another one is there: YARN starts it with the tokens of the submission. */
    private static void killMaster(String id) {
        ProcessHandle first = Workers.appMasterOf(id).get(0);
        first.destroyForcibly();
        Await.until(
                "a second application master of " + id,
                LIMIT,
                () -> Workers.appMasterOf(id),
                masters -> masters.stream().anyMatch(one -> one.pid() != first.pid()));
    }

    private void loseAWorker(String id) {
        awaitState(id, "RUNNING");
        int before = Applications.job(sandbox, id).path("restarts").asInt();
        Workers.of(id).get(0).destroyForcibly();
        Await.until(
                "the job was restarted by its second master and runs",
                LIMIT,
                () -> Applications.job(sandbox, id),
                job ->
                        job.path("restarts").asInt() > before
                                && job.path("state").asText().equals("RUNNING"));
    }

    private String diagnostics(String id) {
        JsonNode application = sandbox.resourceManager().application(id);
        return application.path("finalStatus").asText().equals("FAILED")
                ? application.path("diagnostics").asText()
                : "";
    }

    private String submit(List<String> login, String output, String from, int perSecond) {
        String root = sandbox.fileSystem();
        List<String> command = new ArrayList<>(List.of("run", "-t", "yarn", "-d", "-p", "2"));
        command.addAll(login);
        if (from != null) {
            command.addAll(List.of("-s", from));
        }
        for (String option :
                List.of(
                        "worker.slots=1",
                        "execution.checkpointing.dir=" + root + "/checkpoints",
                        "execution.checkpointing.savepoint-dir=" + root + "/savepoints")) {
            command.addAll(List.of("-D", option));
        }
        command.addAll(List.of("-c", PROGRAM, jar.toString(), "first", root + output));
        command.addAll(List.of(String.valueOf(RECORDS), String.valueOf(perSecond)));
        return sandbox.millrace().run(command.toArray(String[]::new)).succeeded().out().strip();
    }

    private Millrace.Outcome check(List<String> login) {
        List<String> command = new ArrayList<>(List.of("check", "--output", "json"));
        command.addAll(login);
        command.addAll(List.of("--runs-for", "1h", "-c", "io.millrace.examples.Counter"));
        command.add(Millrace.EXAMPLES.toString());
        return sandbox.millrace().run(command.toArray(String[]::new));
    }

    private static List<String> rules(Millrace.Outcome check) {
        List<String> rules = new ArrayList<>();
        for (JsonNode finding : check.json().path("findings")) {
            rules.add(
                    finding.path("severity").asText()
                            + " "
                            + finding.path("rule").asText()
                            + " "
                            + finding.path("what").asText());
        }
        return rules;
    }

    private List<String> keytabOf(String person) {
        return List.of(
                "-D",
                "security.kerberos.login.keytab="
                        + sandbox.directory().resolve("kerberos/user-" + person + ".keytab"),
                "-D",
                "security.kerberos.login.principal=" + person + "@MILLRACE.SANDBOX");
    }

    /**
     * Leaders are elected, and checkpoints pointed to, in ZooKeeper, which is told by Kerberos who
     * it is.
     */
    private List<String> withZooKeeper() {
        List<String> options = new ArrayList<>(keytabOf(user()));
        options.addAll(List.of("-D", "ha.zookeeper.quorum=" + sandbox.zooKeeper()));
        options.addAll(List.of("-D", "security.kerberos.login.contexts=Client"));
        return options;
    }

    /** A command of somebody who does not have the secrets of this user's applications. */
    private Millrace.Outcome as(String person, String command, String id) {
        return with(
                sandbox.millrace()
                        .and(
                                "MILLRACE_JAVA_OPTS",
                                Millrace.QUICK_START + " -Duser.home=" + elsewhere),
                command,
                keytabOf(person),
                id);
    }

    private static Millrace.Outcome with(
            Millrace millrace, String command, List<String> login, String id) {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(login);
        line.add(id);
        return millrace.run(line.toArray(String[]::new));
    }

    private void awaitState(String id, String state) {
        Await.until(
                id + " is " + state,
                LIMIT,
                () -> Applications.job(sandbox, id).path("state").asText(),
                state::equals);
    }

    private void killKdc() throws IOException {
        Properties record = new Properties();
        try (Reader in =
                Files.newBufferedReader(sandbox.directory().resolve("run/kdc.properties"))) {
            record.load(in);
        }
        ProcessHandle.of(Long.parseLong(record.getProperty("pid"))).orElseThrow().destroyForcibly();
    }

    /** For this user, who may do everything on HDFS, by a login of this process. */
    private FileSystem files() throws IOException {
        System.setProperty(
                "java.security.krb5.conf",
                sandbox.directory().resolve("kerberos/krb5.conf").toString());
        Configuration hadoop = new Configuration();
        for (String file : List.of("core-site.xml", "hdfs-site.xml")) {
            hadoop.addResource(new org.apache.hadoop.fs.Path(sandbox.conf().resolve(file).toUri()));
        }
        UserGroupInformation.setConfiguration(hadoop);
        UserGroupInformation.loginUserFromKeytab(
                user() + "@MILLRACE.SANDBOX",
                sandbox.directory().resolve("kerberos/user-" + user() + ".keytab").toString());
        return FileSystem.newInstance(hadoop);
    }

    /** Each page has each of its counts once: nothing was lost, and nothing doubled. */
    private void judge(String output) throws IOException {
        List<String> lines = new ArrayList<>();
        FileSystem files = files();
        RemoteIterator<LocatedFileStatus> found =
                files.listFiles(new org.apache.hadoop.fs.Path(output), true);
        while (found.hasNext()) {
            LocatedFileStatus file = found.next();
            if (!file.getPath().getName().startsWith(".")) {
                try (InputStream in = files.open(file.getPath())) {
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> line.contains(","))
                            .forEach(lines::add);
                }
            }
        }
        List<String> expected = new ArrayList<>();
        for (int visit = 0; visit < RECORDS; visit++) {
            expected.add(visit % PAGES + "," + (visit / PAGES + 1));
        }
        lines.sort(null);
        expected.sort(null);
        if (!lines.equals(expected)) {
            throw new AssertionError(
                    lines.size() + " lines are not the " + expected.size() + " expected ones");
        }
        say("    " + lines.size() + " lines, each once");
    }

    private static void require(List<String> rules, String... wanted) {
        for (String each : wanted) {
            if (rules.stream().noneMatch(rule -> rule.startsWith(each + " "))) {
                throw new AssertionError("no " + each + " in " + rules);
            }
        }
    }

    private static void requireText(String text, String wanted) {
        if (!text.contains(wanted)) {
            throw new AssertionError("no '" + wanted + "' in: " + text);
        }
    }

    private static String lastLine(String text) {
        List<String> lines = text.strip().lines().toList();
        return lines.get(lines.size() - 1).strip();
    }

    private static String user() {
        return System.getProperty("user.name");
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
