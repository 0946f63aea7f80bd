package io.millrace.yarn.launch;

import org.apache.hadoop.fs.Path;
import org.apache.hadoop.yarn.api.records.LocalResource;
import org.apache.hadoop.yarn.api.records.LocalResourceType;
import org.apache.hadoop.yarn.api.records.LocalResourceVisibility;
import org.apache.hadoop.yarn.api.records.URL;

/**
 * An archive on the cluster's file system that NodeManagers unpack into containers. Size and time
 * of change are part of its identity: YARN refuses a file that differs. Immutable.
 *
 * @param uri with file system
 * @param isPublic whether every user of the cluster can read it, so that nodes keep one copy for
 *     all
 */
public record LocalArchive(String uri, long sizeBytes, long modifiedMs, boolean isPublic) {
    /** As a resource that is kept on the nodes from one application to the next. */
    public LocalResource kept() {
        return resource(
                isPublic ? LocalResourceVisibility.PUBLIC : LocalResourceVisibility.PRIVATE);
    }

    /** As a resource that goes with the application. */
    public LocalResource ofApplication() {
        return resource(LocalResourceVisibility.APPLICATION);
    }

    private LocalResource resource(LocalResourceVisibility visibility) {
        return LocalResource.newInstance(
                URL.fromPath(new Path(uri)),
                LocalResourceType.ARCHIVE,
                visibility,
                sizeBytes,
                modifiedMs);
    }
}
