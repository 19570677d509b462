"""Fields of the nine kinds that run Pods, and of their specs.

Source: the Go types of k8s.io/api v0.33 to v0.37 and k8s.io/apimachinery; the notation is that of `shape_types`.
"""

WORKLOAD = """
CronJob: kind, apiVersion string; metadata ObjectMeta; spec CronJobSpec; status CronJobStatus
CronJobSpec: schedule, timeZone, concurrencyPolicy string; startingDeadlineSeconds int64; suspend bool;
    jobTemplate JobTemplateSpec; successfulJobsHistoryLimit, failedJobsHistoryLimit int32
DaemonSet: kind, apiVersion string; metadata ObjectMeta; spec DaemonSetSpec; status DaemonSetStatus
DaemonSetSpec: selector LabelSelector; template PodTemplateSpec; updateStrategy DaemonSetUpdateStrategy;
    minReadySeconds, revisionHistoryLimit int32
DaemonSetUpdateStrategy: type string; rollingUpdate RollingUpdateDaemonSet
Deployment: kind, apiVersion string; metadata ObjectMeta; spec DeploymentSpec; status DeploymentStatus
DeploymentSpec: replicas, minReadySeconds, revisionHistoryLimit, progressDeadlineSeconds int32;
    selector LabelSelector; template PodTemplateSpec; strategy DeploymentStrategy; paused bool
DeploymentStrategy: type string; rollingUpdate RollingUpdateDeployment
Job: kind, apiVersion string; metadata ObjectMeta; spec JobSpec; status JobStatus
JobSchedulingConfiguration: schedulingPolicy WorkloadPodGroupSchedulingPolicy;
    schedulingConstraints WorkloadPodGroupSchedulingConstraints; disruptionMode WorkloadPodGroupDisruptionMode;
    resourceClaims []WorkloadPodGroupResourceClaim
JobSpec:
    parallelism, completions, backoffLimit, backoffLimitPerIndex, maxFailedIndexes, ttlSecondsAfterFinished int32;
    activeDeadlineSeconds int64; podFailurePolicy PodFailurePolicy; successPolicy SuccessPolicy;
    selector LabelSelector; manualSelector, suspend bool; template PodTemplateSpec;
    completionMode, podReplacementPolicy, managedBy string; scheduling JobSchedulingConfiguration since 37
JobTemplateSpec: metadata ObjectMeta; spec JobSpec
ModifyVolumeStatus: targetVolumeAttributesClassName, status string
PersistentVolumeClaim: kind, apiVersion string; metadata ObjectMeta; spec PersistentVolumeClaimSpec;
    status PersistentVolumeClaimStatus
PersistentVolumeClaimCondition: type, status, reason, message string; lastProbeTime, lastTransitionTime Time
PersistentVolumeClaimStatus: phase, currentVolumeAttributesClassName string; accessModes []string;
    capacity, allocatedResources map[string]Quantity; conditions []PersistentVolumeClaimCondition;
    allocatedResourceStatuses map[string]string; modifyVolumeStatus ModifyVolumeStatus;
    healthStatus VolumeHealthStatus since 37
Pod: kind, apiVersion string; metadata ObjectMeta; spec PodSpec; status PodStatus
PodFailurePolicy: rules []PodFailurePolicyRule
PodFailurePolicyOnExitCodesRequirement: containerName, operator string; values []int32
PodFailurePolicyOnPodConditionsPattern: type, status string
PodFailurePolicyRule: action string; onExitCodes PodFailurePolicyOnExitCodesRequirement;
    onPodConditions []PodFailurePolicyOnPodConditionsPattern
PodTemplate: kind, apiVersion string; metadata ObjectMeta; template PodTemplateSpec
ReplicaSet: kind, apiVersion string; metadata ObjectMeta; spec ReplicaSetSpec; status ReplicaSetStatus
ReplicaSetSpec: replicas, minReadySeconds int32; selector LabelSelector; template PodTemplateSpec
ReplicationController: kind, apiVersion string; metadata ObjectMeta; spec ReplicationControllerSpec;
    status ReplicationControllerStatus
ReplicationControllerSpec: replicas, minReadySeconds int32; selector map[string]string; template PodTemplateSpec
RollingUpdateDaemonSet: maxUnavailable, maxSurge IntOrString
RollingUpdateDeployment: maxUnavailable, maxSurge IntOrString
RollingUpdateStatefulSetStrategy: partition int32; maxUnavailable IntOrString
StatefulSet: kind, apiVersion string; metadata ObjectMeta; spec StatefulSetSpec; status StatefulSetStatus
StatefulSetOrdinals: start int32
StatefulSetPersistentVolumeClaimRetentionPolicy: whenDeleted, whenScaled string
StatefulSetSpec: replicas, revisionHistoryLimit, minReadySeconds int32; selector LabelSelector;
    template PodTemplateSpec; volumeClaimTemplates []PersistentVolumeClaim; serviceName, podManagementPolicy string;
    updateStrategy StatefulSetUpdateStrategy;
    persistentVolumeClaimRetentionPolicy StatefulSetPersistentVolumeClaimRetentionPolicy;
    ordinals StatefulSetOrdinals
StatefulSetUpdateStrategy: type string; rollingUpdate RollingUpdateStatefulSetStrategy
SuccessPolicy: rules []SuccessPolicyRule
SuccessPolicyRule: succeededIndexes string; succeededCount int32
TopologyConstraint: key string
VolumeHealthCondition: status, reason, message string
VolumeHealthStatus: healthConditions []VolumeHealthCondition; lastTransitionTime Time
WorkloadPodGroupAllDisruptionMode:
WorkloadPodGroupBasicSchedulingPolicy:
WorkloadPodGroupDisruptionMode: single WorkloadPodGroupSingleDisruptionMode; all WorkloadPodGroupAllDisruptionMode
WorkloadPodGroupGangSchedulingPolicy: minCount int32
WorkloadPodGroupResourceClaim: name, resourceClaimName, resourceClaimTemplateName string
WorkloadPodGroupSchedulingConstraints: topology []TopologyConstraint
WorkloadPodGroupSchedulingPolicy: basic WorkloadPodGroupBasicSchedulingPolicy;
    gang WorkloadPodGroupGangSchedulingPolicy
WorkloadPodGroupSingleDisruptionMode:
"""
