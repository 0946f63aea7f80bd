package io.millrace.api.stream;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.option.Configuration;
import java.net.URL;

/**
 * An environment that sends its jobs to a cluster at a host and port. There are none: each program
 * is an application of its own, which the {@code millrace} command starts, and no process waits for
 * the programs of others. So nobody ever holds one; the constructors say what to do instead.
 */
public class RemoteStreamEnvironment extends StreamExecutionEnvironment {
    private final String host;
    private final int port;

    /**
     * @throws MillraceException always
     */
    public RemoteStreamEnvironment(String host, int port, String... jarFiles) {
        this(host, port, null, jarFiles);
    }

    /**
     * @throws MillraceException always
     */
    public RemoteStreamEnvironment(
            String host, int port, Configuration clientConfiguration, String... jarFiles) {
        this(host, port, clientConfiguration, jarFiles, null);
    }

    /**
     * @throws MillraceException always
     */
    public RemoteStreamEnvironment(
            String host,
            int port,
            Configuration clientConfiguration,
            String[] jarFiles,
            URL[] globalClasspaths) {
        super(refused(host, port));
        this.host = host;
        this.port = port;
    }

    private static Configuration refused(String host, int port) {
        throw new MillraceException(
                ErrorCode.PROGRAM_INVALID,
                "a remote environment at "
                        + host
                        + ":"
                        + port
                        + ": no cluster takes jobs from a program that runs elsewhere. Use"
                        + " StreamExecutionEnvironment.getExecutionEnvironment() and start the"
                        + " program with 'millrace run -t yarn JAR', which makes it an application"
                        + " of its own on the cluster; started in any other way it runs in this"
                        + " process.");
    }

    /** As the environment of every other program. */
    @Override
    public JobExecutionResult execute(StreamGraph streamGraph) throws Exception {
        return super.execute(streamGraph);
    }

    public String getHost() {
        return host;
    }

    public int getPort() {
        return port;
    }

    @Override
    public String toString() {
        return "remote environment at " + host + ":" + port;
    }
}
