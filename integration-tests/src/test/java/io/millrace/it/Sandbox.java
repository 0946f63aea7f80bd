package io.millrace.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The sandbox cluster of all tests of this process: started by the project's own command when the
 * first test asks for it, stopped after the last. A test takes it as a parameter.
 */
final class Sandbox implements AutoCloseable {
    private final Millrace command;
    private final Path directory;
    private final Path conf;
    private final String environment;

    /**
     * @param directory of the cluster
     * @param anew removes what an earlier run has left there; else one that still runs is taken
     * @param startOptions of {@code sandbox start}
     */
    Sandbox(Path directory, boolean anew, String... startOptions) {
        this.directory = directory;
        Millrace plain = Millrace.plain().and("MILLRACE_SANDBOX_DIR", directory.toString());
        if (anew) {
            plain.run("sandbox", "stop");
            delete(directory);
        }
        String[] start = new String[2 + startOptions.length];
        start[0] = "sandbox";
        start[1] = "start";
        System.arraycopy(startOptions, 0, start, 2, startOptions.length);
        plain.run(start).succeeded();
        this.environment = plain.run("sandbox", "env").succeeded().out();
        this.conf = Path.of(exported("HADOOP_CONF_DIR"));
        Millrace inCluster = plain.and("HADOOP_CONF_DIR", conf.toString());
        for (String name : List.of("KRB5_CONFIG", "KRB5CCNAME")) { // of a secure one
            inCluster =
                    environment.contains("export " + name + "=")
                            ? inCluster.and(name, exported(name))
                            : inCluster;
        }
        this.command = inCluster;
    }

    private String exported(String name) {
        Matcher matcher =
                Pattern.compile("export " + name + "=['\"]?([^'\"\\n]+)").matcher(environment);
        if (!matcher.find()) {
            throw new AssertionError("no " + name + " in: " + environment);
        }
        return matcher.group(1).trim();
    }

    /**
     * The options of a start with a broker of another release.
     *
     * @param jars the directory of its jars, below the checkout: Maven starts commands elsewhere
     */
    static List<String> withKafkaOf(String jars) {
        return List.of("--kafka-jars", Millrace.CHECKOUT.resolve(jars).toString());
    }

    /** {@code host:port} of the broker, if it was started with {@code --kafka}. */
    String kafka() {
        return exported("KAFKA_BOOTSTRAP_SERVERS");
    }

    /** What an earlier run of the tests left: outputs that exist would refuse the jobs. */
    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command with this cluster in its environment. */
    Millrace millrace() {
        return command;
    }

    /** Where the daemons' logs and records are. */
    Path directory() {
        return directory;
    }

    Path conf() {
        return conf;
    }

    String fileSystem() {
        return property("core-site.xml", "fs.defaultFS");
    }

    Hdfs hdfs() {
        return new Hdfs(nameNodeWeb());
    }

    /** {@code host:port} of ZooKeeper. */
    String zooKeeper() {
        return property("core-site.xml", "hadoop.zk.address");
    }

    /** {@code host:port} of the NameNode's web server. */
    String nameNodeWeb() {
        return property("hdfs-site.xml", "dfs.namenode.http-address");
    }

    ResourceManager resourceManager() {
        return new ResourceManager(
                property("yarn-site.xml", "yarn.resourcemanager.webapp.address"));
    }

    private String property(String file, String key) {
        try {
            Matcher matcher =
                    Pattern.compile(
                                    "<name>"
                                            + Pattern.quote(key)
                                            + "</name>\\s*<value>([^<]+)</value>")
                            .matcher(Files.readString(conf.resolve(file)));
            if (!matcher.find()) {
                throw new AssertionError(key + " is not in " + conf.resolve(file));
            }
            return matcher.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        command.run("sandbox", "stop").succeeded();
    }

    /**
     * Gives tests the one sandbox; JUnit closes it after the last of them. What a failed test has
     * left running ends, so that the next one is judged by itself.
     */
    static final class Resolver implements ParameterResolver, AfterTestExecutionCallback {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Sandbox.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return store(context)
                    .computeIfAbsent(
                            Sandbox.class,
                            key -> startAlone(Path.of(System.getProperty("millrace.sandbox"))),
                            Sandbox.class);
        }

        @Override
        public void afterTestExecution(ExtensionContext context) {
            Sandbox sandbox = store(context).get(Sandbox.class, Sandbox.class);
            if (sandbox != null && context.getExecutionException().isPresent()) {
                Leftovers.end(sandbox);
            }
        }

        private static ExtensionContext.Store store(ExtensionContext context) {
            return context.getRoot().getStore(ExtensionContext.Namespace.create(Sandbox.class));
        }

        /** One after the other: each takes ports that are free until its daemons have them. */
        private static Sandbox startAlone(Path directory) {
            Path turn = directory.resolveSibling("sandbox-start");
            try (FileChannel file =
                            FileChannel.open(
                                    turn, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = file.lock()) {
                return new Sandbox(directory, true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
