package io.millrace.yarn.master;

import io.millrace.batch.shuffle.ShuffleServer;
import io.millrace.runtime.wire.AppSecret;
import io.millrace.yarn.launch.ContainerLayout;
import io.millrace.yarn.launch.ContainerProcess;
import io.millrace.yarn.launch.LocalArchive;
import io.millrace.yarn.launch.MemorySplit;
import io.millrace.yarn.launch.SecretInCredentials;
import io.millrace.yarn.launch.ShuffleAccess;
import io.millrace.yarn.launch.YarnSettings;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.LocalResource;

/**
 * What a worker's container is started with. Immutable.
 *
 * @param application that the workers belong to
 * @param shuffle who serves the results of workers
 * @param archive of the application
 * @param credentials those of now, without the master's own; hold the {@link AppSecret}
 * @param userName null on a secure cluster
 * @param coordinator where workers connect
 */
record WorkerContainers(
        YarnSettings settings,
        ApplicationId application,
        ShuffleServer shuffle,
        LocalArchive libraries,
        LocalArchive archive,
        Supplier<Credentials> credentials,
        String userName,
        InetSocketAddress coordinator) {

    /**
     * For a container as it was granted: YARN may give more than was asked for.
     *
     * @param served whether the shuffle service of the node shall serve the worker's results
     */
    ContainerLaunchContext contextFor(Container container, boolean served) {
        int grantedMb = Math.toIntExact(container.getResource().getMemorySize());
        Map<String, LocalResource> files =
                Map.of(
                        ContainerLayout.HOME,
                        libraries.kept(),
                        ContainerLayout.APPLICATION,
                        archive.ofApplication());
        String command =
                ContainerProcess.WORKER.command(
                        settings,
                        MemorySplit.ofWorker(grantedMb, settings.stateFraction()),
                        coordinator.getHostString(),
                        Integer.toString(coordinator.getPort()),
                        Integer.toString(grantedMb),
                        served ? ContainerProcess.SERVED : ContainerProcess.NOT_SERVED);
        Credentials given = credentials.get();
        ByteBuffer tokens = SecretInCredentials.toBuffer(given);
        return ContainerLaunchContext.newInstance(
                files,
                ContainerProcess.environment(userName),
                List.of(command),
                served
                        ? ShuffleAccess.serviceData(application, SecretInCredentials.get(given))
                        : null,
                tokens,
                null);
    }
}
