package io.millrace.it;

import io.millrace.api.testing.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * A service submits for one of its users, as schedulers do ({@code HADOOP_PROXY_USER}): the job is
 * the user's, with all its files, and nobody else may end it. Part of {@link SecureCluster}.
 */
final class SecureImpersonation {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String SERVICE = "launcher"; // of the sandbox: may act for the guest
    private static final String GUEST = "guest";
    private static final String HOME = "/user/" + GUEST;

    private final Sandbox sandbox;
    private final Path jar;

    /** How {@link SecureCluster} lets somebody call a command without others' secrets. */
    interface Stranger {
        Millrace.Outcome call(String person, String command, String id);
    }

    SecureImpersonation(Sandbox sandbox, Path jar) {
        this.sandbox = sandbox;
        this.jar = jar;
    }

    /**
     * @param files acts for the superuser
     */
    void run(FileSystem files, Stranger as) throws IOException {
        var home = new org.apache.hadoop.fs.Path(HOME);
        files.mkdirs(home.getParent(), new FsPermission((short) 0755));
        files.mkdirs(home, new FsPermission((short) 0700));
        files.setOwner(home, GUEST, GUEST);

        submitFor(System.getProperty("user.name")).failedWith(8, "NOT_PERMITTED");

        String id = submitFor(GUEST).succeeded().out().strip();
        Await.until(
                "the guest's job runs",
                LIMIT,
                () -> Applications.job(sandbox, id).path("state").asText(),
                "RUNNING"::equals);
        Await.until(
                "a checkpoint of the guest's job",
                LIMIT,
                () -> below(files, home),
                found -> found.stream().anyMatch(one -> isCheckpointFile(one)));
        String owner = sandbox.resourceManager().application(id).path("user").asText();
        if (!owner.equals(GUEST)) {
            throw new AssertionError("YARN says that the job is of " + owner);
        }
        for (FileStatus each : below(files, new org.apache.hadoop.fs.Path("/"))) {
            boolean atHome = each.getPath().toUri().getPath().startsWith(HOME);
            if (each.getOwner().equals(SERVICE) || (atHome && !each.getOwner().equals(GUEST))) {
                throw new AssertionError("not the right one's: " + each);
            }
            if (each.getPath().getName().endsWith("keytab")
                    && each.getPath().toUri().getPath().contains(id)) {
                throw new AssertionError("the service gave its keytab away: " + each);
            }
        }

        as.call(SERVICE, "cancel", id).failedWith(8, "NOT_PERMITTED");
        String job = Applications.job(sandbox, id).path("id").asText();
        for (String change : List.of("POST /stop", "POST /savepoints", "GET /yarn-cancel")) {
            String[] parts = change.split(" ");
            int status =
                    sandbox.resourceManager()
                            .throughProxy(id, parts[0], "/v1/jobs/" + job + parts[1])
                            .statusCode();
            if (status != 401 && status != 403 && status != 405) {
                throw new AssertionError(change + " without a token was answered with " + status);
            }
        }
        String state = Applications.job(sandbox, id).path("state").asText();
        if (!state.equals("RUNNING")) {
            throw new AssertionError("somebody else's commands left the job " + state);
        }
        as.call(GUEST, "cancel", id).succeeded();
    }

    private Millrace.Outcome submitFor(String person) {
        String root = sandbox.fileSystem() + HOME;
        List<String> command = new ArrayList<>(List.of("run", "-t", "yarn", "-d", "-p", "1"));
        for (String option :
                List.of(
                        "security.kerberos.login.keytab="
                                + sandbox.directory()
                                        .resolve("kerberos/user-" + SERVICE + ".keytab"),
                        "security.kerberos.login.principal=" + SERVICE + "@MILLRACE.SANDBOX",
                        "worker.slots=1",
                        "execution.checkpointing.dir=" + root + "/checkpoints")) {
            command.addAll(List.of("-D", option));
        }
        command.addAll(List.of("-c", SecureCluster.PROGRAM, jar.toString(), "first"));
        command.addAll(List.of(root + "/counts", "200000", "200")); // not to its end
        return sandbox.millrace()
                .and("HADOOP_PROXY_USER", person)
                .run(command.toArray(String[]::new));
    }

    private static boolean isCheckpointFile(FileStatus one) {
        return one.isFile() && one.getPath().toString().contains("/checkpoints/");
    }

    /** Everything below a directory; what goes meanwhile is passed over. */
    private static List<FileStatus> below(FileSystem files, org.apache.hadoop.fs.Path directory) {
        List<FileStatus> found = new ArrayList<>();
        try {
            for (FileStatus each : files.listStatus(directory)) {
                found.add(each);
                if (each.isDirectory()) {
                    found.addAll(below(files, each.getPath()));
                }
            }
        } catch (java.io.FileNotFoundException e) {
            return found;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return found;
    }
}
