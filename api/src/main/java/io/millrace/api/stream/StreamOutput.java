package io.millrace.api.stream;

import io.millrace.api.stream.Draft.Branch;
import java.util.List;

/** The transformation behind a stream: what comes out of operators that are in the graph. */
final class StreamOutput<T> extends PhysicalTransformation<T> {
    private final List<Branch> branches;

    private StreamOutput(List<Branch> branches) {
        super(branches.size() == 1 ? branches.get(0).source() : null);
        this.branches = List.copyOf(branches);
    }

    /** Where the records of one operator come as they are, the operator itself. */
    static <T> Transformation<T> of(List<Branch> branches) {
        Branch only = branches.size() == 1 ? branches.get(0) : null;
        if (only == null || !only.equals(Branch.of(only.source()))) {
            return new StreamOutput<>(branches);
        }
        return switch (only.source().inputs.size()) {
            case 1 -> new OneInputTransformation<>(only.source());
            case 2 -> new TwoInputTransformation<>(only.source());
            default -> new StreamOutput<>(branches);
        };
    }

    @Override
    List<Branch> branches() {
        return branches;
    }
}
