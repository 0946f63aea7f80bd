package io.millrace.api.sink;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.IOException;

/** A sink whose output becomes visible by a committer. */
public interface SupportsCommitter<CommittableT> {
    Committer<CommittableT> createCommitter(CommitterInitContext context) throws IOException;

    SimpleVersionedSerializer<CommittableT> getCommittableSerializer();
}
