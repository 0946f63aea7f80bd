package io.millrace.client;

import io.millrace.client.job.ApplicationSecrets;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The program with fakes around it: runs command lines and keeps what they wrote. */
final class CommandLineFixture {
    final FakeApplications cluster = new FakeApplications();
    final List<Program> ranLocally = new ArrayList<>();
    final Map<String, String> environment = new TreeMap<>();
    final ApplicationSecrets secrets;
    Surroundings.LocalEngine local = (program, surroundings) -> ranLocally.add(program);
    OozieAction oozie = OozieAction.NONE;
    String out = "";
    String err = "";
    private final Path directory;

    CommandLineFixture(Path directory) {
        this.directory = directory;
        this.secrets = new ApplicationSecrets(directory.resolve("secrets"));
    }

    CommandLineFixture withCluster() {
        environment.put("HADOOP_CONF_DIR", "/etc/hadoop");
        return this;
    }

    int run(String... args) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        Surroundings surroundings = surroundings(outText, errText);
        int exitCode = Millrace.execute(surroundings, args);
        out = outText.toString();
        err = errText.toString();
        return exitCode;
    }

    Surroundings surroundings(StringWriter outText, StringWriter errText) {
        return new Surroundings(
                new PrintWriter(outText),
                new PrintWriter(errText),
                false,
                environment,
                directory,
                secrets,
                oozie,
                (config, env) -> cluster,
                (program, s) -> local.run(program, s));
    }

    /** A jar with nothing in it but a manifest. */
    String jar(String name) {
        Path jar = directory.resolve(name);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            return jar.toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
