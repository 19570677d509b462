"""Fields of the status of the nine kinds; one sent by a user is decoded too.

Source: the Go types of k8s.io/api v0.33 to v0.37 and k8s.io/apimachinery; the notation is that of `shape_types`.
"""

STATUS = """
ContainerExtendedResourceRequest: containerName, resourceName, requestName string
ContainerState: waiting ContainerStateWaiting; running ContainerStateRunning; terminated ContainerStateTerminated
ContainerStateRunning: startedAt Time
ContainerStateTerminated: exitCode, signal int32; reason, message, containerID string; startedAt, finishedAt Time
ContainerStateWaiting: reason, message string
ContainerStatus: name, image, imageID, containerID, stopSignal string; state, lastState ContainerState;
    ready, started bool; restartCount int32; allocatedResources map[string]Quantity; resources ResourceRequirements;
    volumeMounts []VolumeMountStatus; user ContainerUser; allocatedResourcesStatus []ResourceStatus
ContainerUser: linux LinuxContainerUser
CronJobStatus: active []ObjectReference; lastScheduleTime, lastSuccessfulTime Time
DaemonSetCondition: type, status, reason, message string; lastTransitionTime Time
DaemonSetStatus: currentNumberScheduled, numberMisscheduled, desiredNumberScheduled, numberReady,
    updatedNumberScheduled, numberAvailable, numberUnavailable, collisionCount int32; observedGeneration int64;
    conditions []DaemonSetCondition
DeploymentCondition: type, status, reason, message string; lastUpdateTime, lastTransitionTime Time
DeploymentStatus: observedGeneration int64; replicas, updatedReplicas, readyReplicas, availableReplicas,
    unavailableReplicas, terminatingReplicas, collisionCount int32; conditions []DeploymentCondition
HostIP: ip string
ImageVolumeStatus: imageRef string
JobCondition: type, status, reason, message string; lastProbeTime, lastTransitionTime Time
JobStatus: conditions []JobCondition; startTime, completionTime Time;
    active, succeeded, failed, terminating, ready int32; completedIndexes, failedIndexes string;
    uncountedTerminatedPods UncountedTerminatedPods
LinuxContainerUser: uid, gid int64; supplementalGroups []int64
NodeAllocatableMappedResources: name string; quantity Quantity
NodeAllocatableOverheadResources: name string; perPod, perContainer Quantity
NodeAllocatableResourceClaimStatus: resourceClaimName string; containers []string;
    resources map[string]Quantity only 36; mapping []NodeAllocatableMappedResources since 37;
    overhead []NodeAllocatableOverheadResources since 37
ObjectReference: kind, namespace, name, uid, apiVersion, resourceVersion, fieldPath string
PodCondition: type, status, reason, message string; observedGeneration int64; lastProbeTime, lastTransitionTime Time
PodExtendedResourceClaimStatus: requestMappings []ContainerExtendedResourceRequest; resourceClaimName string
PodIP: ip string
PodResourceClaimStatus: name, resourceClaimName string
PodStatus: observedGeneration int64;
    phase, message, reason, nominatedNodeName, hostIP, podIP, qosClass, resize string; conditions []PodCondition;
    hostIPs []HostIP; podIPs []PodIP; startTime Time;
    initContainerStatuses, containerStatuses, ephemeralContainerStatuses []ContainerStatus;
    resourceClaimStatuses []PodResourceClaimStatus;
    extendedResourceClaimStatus PodExtendedResourceClaimStatus since 34;
    allocatedResources map[string]Quantity since 35; resources ResourceRequirements since 35;
    nodeAllocatableResourceClaimStatuses []NodeAllocatableResourceClaimStatus since 36;
    volumeHealth []PodVolumeHealth since 37
PodVolumeHealth: name string; healthConditions []VolumeHealthCondition; lastTransitionTime Time
ReplicaSetCondition: type, status, reason, message string; lastTransitionTime Time
ReplicaSetStatus: replicas, fullyLabeledReplicas, readyReplicas, availableReplicas, terminatingReplicas int32;
    observedGeneration int64; conditions []ReplicaSetCondition
ReplicationControllerCondition: type, status, reason, message string; lastTransitionTime Time
ReplicationControllerStatus: replicas, fullyLabeledReplicas, readyReplicas, availableReplicas int32;
    observedGeneration int64; conditions []ReplicationControllerCondition
ResourceHealth: resourceID, health string; message string since 36
ResourceStatus: name string; resources []ResourceHealth
StatefulSetCondition: type, status, reason, message string; lastTransitionTime Time
StatefulSetStatus: observedGeneration int64;
    replicas, readyReplicas, currentReplicas, updatedReplicas, collisionCount, availableReplicas int32;
    currentRevision, updateRevision string; conditions []StatefulSetCondition
UncountedTerminatedPods: succeeded, failed []string
VolumeMountStatus: name, mountPath, recursiveReadOnly string; readOnly bool; volumeStatus VolumeStatus since 36
VolumeStatus: image ImageVolumeStatus
"""
